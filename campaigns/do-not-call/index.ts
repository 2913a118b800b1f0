export { type DoNotCallEntry, putOnDoNotCall } from './do-not-call-store.ts';
