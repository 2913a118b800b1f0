export type { PreparedImport } from './importing/import-record.ts';
export { importRoutes } from './imports-routes.ts';
export {
  type ImportOptions,
  importOptionsSchema,
  type ListImport,
  type Upload,
  uploadSchema,
} from './imports-schema.ts';
export {
  createImportService,
  type ImportResult,
  type ImportService,
  type ImportServices,
} from './imports-service.ts';
export { importEnded } from './lists-events.ts';
export { handleListJobs, listImportJob } from './lists-jobs.ts';
export { listRoutes } from './lists-routes.ts';
export { type List, listParams } from './lists-schema.ts';
export { createListService, type ListService } from './lists-service.ts';
