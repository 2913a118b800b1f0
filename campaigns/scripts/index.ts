export { scriptRoutes } from './scripts-routes.ts';
export { renderedScriptSchema, type ScriptVersionRecord } from './scripts-schema.ts';
export { createScriptService, type ScriptService } from './scripts-service.ts';
export { versionById } from './scripts-store.ts';
