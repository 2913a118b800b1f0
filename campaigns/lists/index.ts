export { importOfList, importsOfList } from './imports-read-model.ts';
export {
  type ImportOptions,
  importOptionsSchema,
  importParams,
  importSchema,
  type ListImport,
} from './imports-schema.ts';
export { listRoutes } from './lists-routes.ts';
export type { List } from './lists-schema.ts';
export { createListService, type ListService } from './lists-service.ts';
