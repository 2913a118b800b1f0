export { auditRoutes } from './audit-routes.ts';
export { type AuditLog, type AuditNote, changedFields, createAuditLog } from './audit-service.ts';
