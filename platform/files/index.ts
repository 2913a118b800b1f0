export type { ByteRange, FileInfo, FileStore } from './file-store.ts';
export { FolderFileStore } from './folder-file-store.ts';
