export { defaultDispositions } from './default-dispositions.ts';
export { dispositionRoutes, dispositionView } from './dispositions-routes.ts';
export {
  DISPOSITION_CATEGORIES,
  type DispositionCategory,
  type DispositionInput,
  type DispositionRule,
  type DispositionSet,
  dispositionReason,
  dispositionRule,
  dispositionSet,
} from './dispositions-schema.ts';
export { createDispositionsService, type DispositionsService } from './dispositions-service.ts';
export { type Disposition, findChoosable, readDispositions } from './dispositions-store.ts';
