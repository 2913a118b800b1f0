import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { DetectedEncoding, Encoding } from './encoding.ts';

/** A piece of a list as UTF-8. `suspect`: something in it could not be decoded, or is a zero character. */
export interface DecodedChunk {
  bytes: Buffer;
  suspect: boolean;
}

/**
 * Turns the bytes of a list into UTF-8 without its byte order mark, a chunk at a time. What cannot be
 * decoded becomes U+FFFD and marks its chunk, so that only then rows are looked through for it.
 */
export class ListDecoder {
  #toSkip: number;
  readonly #step: { write(bytes: Buffer): Buffer; end(): Buffer };

  constructor({ encoding, bomBytes }: Pick<DetectedEncoding, 'encoding' | 'bomBytes'>) {
    this.#toSkip = bomBytes;
    this.#step = encoding === 'utf-8' ? new WholeCharacters() : new Transcoder(encoding);
  }

  write(chunk: Buffer): DecodedChunk {
    const skipped = Math.min(this.#toSkip, chunk.length);
    this.#toSkip -= skipped;
    return inspect(this.#step.write(skipped === 0 ? chunk : chunk.subarray(skipped)));
  }

  end(): DecodedChunk {
    return inspect(this.#step.end());
  }
}

const REPLACEMENT = Buffer.from('\ufffd');

function inspect(bytes: Buffer): DecodedChunk {
  return { bytes, suspect: !isUtf8(bytes) || bytes.includes(0) || bytes.includes(REPLACEMENT) };
}

/** Passes UTF-8 on, cut between characters. */
class WholeCharacters {
  #rest: Buffer = Buffer.alloc(0);

  write(chunk: Buffer): Buffer {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = bytes.length - openCharacter(bytes);
    this.#rest = bytes.subarray(end);
    return bytes.subarray(0, end);
  }

  end(): Buffer {
    return this.#rest;
  }
}

/** How many bytes at the end begin a character that is not complete. */
function openCharacter(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** The platform's own decoder: iconv-lite drops half of a four-byte GB18030 character cut between chunks. */
class Transcoder {
  readonly #decoder: TextDecoder;

  constructor(encoding: Encoding) {
    this.#decoder = new TextDecoder(encoding, { ignoreBOM: true });
  }

  write(chunk: Buffer): Buffer {
    return Buffer.from(this.#decoder.decode(chunk, { stream: true }));
  }

  end(): Buffer {
    return Buffer.from(this.#decoder.decode());
  }
}
