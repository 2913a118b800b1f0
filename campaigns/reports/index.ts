export { type AbandonLine, readAbandonWindows } from './abandon-windows.ts';
export { BUCKET_MS, bucketOf, byBucket, MEASURES, type Measure, type Measures } from './measures.ts';
export { type CsvOptions, type ReportLocale, reportCsv } from './report-csv.ts';
export type { Figures } from './report-figures.ts';
export { GROUPINGS, type Grouping, type ReportRequest, reportRequest } from './report-schema.ts';
export { type AgentTime, addAgentTime, addToReport, type ReportDelta } from './report-writer.ts';
export { type Report, type ReportKey, type ReportLine, readReport } from './reports-read-model.ts';
export { reportRoutes } from './reports-routes.ts';
