import type { ScriptDocument } from '../document.ts';

/** A script to start from. `id` is the same for the two languages of one script. */
export interface SampleScript {
  id: string;
  name: string;
  document: ScriptDocument;
}
