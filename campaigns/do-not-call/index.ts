export { doNotCallRoutes } from './do-not-call-routes.ts';
export { createDoNotCallService, type DoNotCallService } from './do-not-call-service.ts';
export { type DoNotCallEntry, putOnDoNotCall } from './do-not-call-store.ts';
