import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import busboy from 'busboy';
import { DomainError } from '../../platform/errors/index.ts';
import { HttpError } from './problem.ts';

export interface UploadTarget<T> {
  maxBytes: number;
  /** Takes the file as it comes; its name is the client's, not to be used as a path. */
  store: (file: { fileName: string; content: Readable }) => Promise<T>;
  /** Takes back what was stored, when the rest of the form is wrong. */
  discard: (stored: T) => Promise<void>;
  /** Throws for fields that should not be there. */
  check: (fields: Readonly<Record<string, string>>) => void;
}

const LIMITS = { files: 1, fields: 10, fieldNameSize: 100, fieldSize: 100_000, parts: 11 };
/** What a form adds to its file. */
const FORM_BYTES = 1_048_576;

/**
 * Reads a form with one file, which goes to `store` as it comes. Whatever goes wrong, `store` has failed or its
 * answer is given to `discard`: nothing is left behind.
 * @throws HttpError 400, 413, 415; what `store` and `check` throw
 */
export async function readUpload<T>(req: IncomingMessage, target: UploadTarget<T>): Promise<T> {
  assertSize(req, target.maxBytes);
  const form = openForm(req);
  const fields: Record<string, string> = Object.create(null);
  let stored: Promise<T> | undefined;
  let refused: HttpError | undefined;
  form.on('field', (name, value, info) => {
    if (info.nameTruncated || info.valueTruncated) refused ??= tooMuch();
    else fields[name] = value;
  });
  form.on('file', (_name, part, info) => {
    stored = target.store({ fileName: info.filename ?? '', content: detached(part) });
    stored.catch(() => part.resume()); // told by `settled`; a store that never read lets the form go on
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
    form.on(limit, () => {
      refused ??= tooMuch();
    });
  }
  const broken = await parsed(req, form);
  return settled(stored, { error: refused ?? broken, fields, target });
}

async function settled<T>(
  stored: Promise<T> | undefined,
  {
    error,
    fields,
    target,
  }: { error: Error | undefined; fields: Record<string, string>; target: UploadTarget<T> },
): Promise<T> {
  if (!stored) throw error ?? new HttpError(400, 'file_missing', 'Send the file as a part of the form');
  const file = await stored.catch((cause: unknown) => {
    throw error ?? cause; // a form that broke off is why its file did
  });
  try {
    if (error) throw error;
    target.check(fields);
    return file;
  } catch (wrong) {
    await target.discard(file);
    throw wrong;
  }
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
