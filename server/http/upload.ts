import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import busboy from 'busboy';
import { DomainError } from '../../platform/errors/index.ts';
import { HttpError } from './problem.ts';

export interface UploadedFile<T> {
  /** As the client named it, without folders; at most 255 characters. */
  fileName: string;
  /** What `store` answered. */
  stored: T;
  /** The other fields of the form. */
  fields: Readonly<Record<string, string>>;
}

const LIMITS = { files: 1, fields: 10, fieldNameSize: 100, fieldSize: 100_000, parts: 11 };
/** What a form adds to its file. */
const FORM_BYTES = 1_048_576;

/**
 * Reads a form with one file, which goes to `store` as it comes. Whatever goes wrong, `store` has failed or its
 * answer is given to `discard`: nothing is left behind.
 * @throws HttpError 400, 413, 415; what `store` throws
 */
export async function readUpload<T>(
  req: IncomingMessage,
  {
    maxBytes,
    store,
    discard,
  }: {
    maxBytes: number;
    store(content: Readable, fileName: string): Promise<T>;
    discard(stored: T): Promise<void>;
  },
): Promise<UploadedFile<T>> {
  assertSize(req, maxBytes);
  const form = openForm(req);
  const fields: Record<string, string> = Object.create(null);
  let file: Promise<{ fileName: string; stored: T }> | undefined;
  let refused: HttpError | undefined;
  form.on('field', (name, value, info) => {
    if (info.nameTruncated || info.valueTruncated) refused ??= tooMuch();
    else fields[name] = value;
  });
  form.on('file', (_name, content, info) => {
    const fileName = cleanName(info.filename);
    file = store(detached(content), fileName).then((stored) => ({ fileName, stored }));
    file.catch(() => {}); // told by `settle`
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    form.on(limit, () => {
      refused ??= tooMuch();
    });
  }
  const formError = await parsed(req, form);
  return settle({ file, fields, error: refused ?? formError, discard });
}

async function settle<T>(result: {
  file: Promise<{ fileName: string; stored: T }> | undefined;
  fields: Record<string, string>;
  error: Error | undefined;
  discard(stored: T): Promise<void>;
}): Promise<UploadedFile<T>> {
  const { file, fields, error, discard } = result;
  if (!file) throw error ?? new HttpError(400, 'file_missing', 'Send the file as a part of the form');
  const { fileName, stored } = await file.catch((cause: unknown) => {
    throw error ?? cause; // a form that broke off is why its file did
  });
  if (!error) return { fileName, stored, fields };
  await discard(stored);
  throw error;
}

/** Resolves when the form was read, with what was wrong with it; a client that goes away ends it too. */
function parsed(req: IncomingMessage, form: busboy.Busboy): Promise<Error | undefined> {
  return new Promise((resolve) => {
    form.once('close', () => resolve(undefined));
    form.on('error', () => resolve(new HttpError(400, 'malformed_form', 'The form is not well formed')));
    req.once('close', () => {
      if (req.complete) return;
      const gone = new HttpError(400, 'request_aborted', 'The request ended before its body did');
      form.destroy(gone);
      resolve(gone);
    });
    req.pipe(form);
  });
}

/**
 * The part as a stream that its reader may destroy: the rest of the part is then read and dropped, so that the form
 * comes to its end and the answer can be sent. A form that breaks off destroys it.
 */
function detached(part: Readable): Readable {
  const content = new PassThrough();
  content.on('error', () => {}); // its reader may not listen yet, and finds it destroyed when it does
  part.on('error', (error) => content.destroy(error));
  content.once('close', () => {
    part.unpipe(content);
    part.resume();
  });
  return part.pipe(content);
}

function openForm(req: IncomingMessage): busboy.Busboy {
  try {
    return busboy({ headers: req.headers, limits: LIMITS, defParamCharset: 'utf8' });
  } catch {
    // busboy's own words name its options; what a client needs to know is this
    throw new HttpError(415, 'unsupported_media_type', 'Send the file as multipart/form-data');
  }
}

/** Refused before a byte is read, when the client says itself how large it is. */
function assertSize(req: IncomingMessage, maxBytes: number): void {
  if (Number(req.headers['content-length'] ?? 0) <= maxBytes + FORM_BYTES) return;
  throw new DomainError('tooLarge', 'file_too_large', `The file is larger than ${maxBytes} bytes`, {
    params: { maxBytes },
  });
}

function tooMuch(): HttpError {
  return new HttpError(413, 'form_too_large', 'The form has more, or longer, fields than this route takes');
}

function cleanName(name: string | undefined): string {
  const base = (name ?? '').split(/[\\/]/).at(-1) ?? '';
  const printable = base.replaceAll(/\p{Cc}/gu, '').trim();
  return printable.slice(-255) || 'file';
}
