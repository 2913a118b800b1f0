export { BUCKET_MS, bucketOf, byBucket, MEASURES, type Measure, type Measures } from './measures.ts';
export { type AgentTime, addAgentTime, addToReport, type ReportDelta } from './report-writer.ts';
