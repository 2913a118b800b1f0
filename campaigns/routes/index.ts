export {
  cursorKey,
  idField,
  instantField,
  keyPage,
  nameField,
  type Page,
  type PageRequest,
  pageOf,
  pageQuery,
  reasonField,
} from './fields.ts';
export {
  type Access,
  type Call,
  type Download,
  defineDownload,
  defineRoute,
  type Method,
  type Route,
} from './route.ts';
