export { ownerOf } from './owner.ts';
export {
  assertSees,
  type Owner,
  ROLES,
  type Role,
  SCOPES,
  type Scope,
  scoped,
  sees,
  type Viewer,
} from './scope.ts';
