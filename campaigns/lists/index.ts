export { listRoutes } from './lists-routes.ts';
export type { List } from './lists-schema.ts';
export { createListService, type ListService } from './lists-service.ts';
