export { type DiagnosisRequest, diagnose, readTalliedLeads } from './diagnosis-read-model.ts';
export { diagnosisRoutes } from './diagnosis-routes.ts';
export {
  type ExplainInput,
  type Explanation,
  explain,
  type FloorFacts,
  type HoldCode,
  type Part,
  type TalliedLeads,
} from './explain.ts';
