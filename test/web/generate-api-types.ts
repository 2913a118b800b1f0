import { writeFile } from 'node:fs/promises';
import { API_TYPES_FILE, apiTypes } from './api-types.ts';

/** Writes the page's types of the API anew: `npx tsx test/web/generate-api-types.ts`. No server need run. */
await writeFile(API_TYPES_FILE, await apiTypes());
