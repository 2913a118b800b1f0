import { DomainError } from '../../../platform/errors/index.ts';
import { scoreLegacyText } from './legacy-encodings.ts';

/** The encodings a list may be in; the names are the WHATWG's. */
export const ENCODINGS = [
  ...(['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr'] as const),
  ...(['windows-1250', 'windows-1251', 'windows-1252', 'windows-1253', 'windows-1254'] as const),
  ...(['windows-1255', 'windows-1256', 'windows-1257', 'windows-1258', 'windows-874'] as const),
  ...(['iso-8859-2', 'iso-8859-15', 'koi8-r'] as const),
] as const;

export type Encoding = (typeof ENCODINGS)[number];

/** Other names people choose by. GBK and GB2312 are parts of GB18030, Latin-1 of windows-1252. */
const ALIASES: ReadonlyMap<string, Encoding> = new Map(
  Object.entries<Encoding>({
    utf8: 'utf-8',
    'utf-8-sig': 'utf-8',
    utf16: 'utf-16le',
    'utf-16': 'utf-16le',
    utf16le: 'utf-16le',
    utf16be: 'utf-16be',
    gbk: 'gb18030',
    gb2312: 'gb18030',
    cp936: 'gb18030',
    ansi: 'windows-1252',
    'latin-1': 'windows-1252',
    latin1: 'windows-1252',
    'iso-8859-1': 'windows-1252',
    ascii: 'utf-8',
    'us-ascii': 'utf-8',
    cp1252: 'windows-1252',
    cp950: 'big5',
    sjis: 'shift_jis',
    'shift-jis': 'shift_jis',
    cp932: 'shift_jis',
    cp949: 'euc-kr',
  }),
);

/** How much of a file the detection looks at. */
export const SAMPLE_BYTES = 1024 * 1024;

/** With more than this share of undecodable characters an encoding is wrong, with less the file is damaged. */
const WRONG_SHARE = 0.01;

export interface DetectedEncoding {
  encoding: Encoding;
  /** Bytes of the byte order mark, 0 when there is none. */
  bomBytes: number;
  /** `certain`: a mark or a proof; `likely`: the text reads well; `guess`: a person should look at it. */
  confidence: 'certain' | 'likely' | 'guess';
  /** What else it could be, likeliest first. */
  alternatives: Encoding[];
}

/**
 * Finds the encoding of a list by its first bytes: byte order mark, then zero bytes of UTF-16, then strict
 * UTF-8, then the look of the text in the encodings of China, Taiwan, Japan, Korea and western Europe.
 * @param sample the file's start, best `SAMPLE_BYTES` of it; the last character may be cut
 * @throws DomainError invalid `list_is_binary` when it is no text
 */
export function detectEncoding(sample: Uint8Array): DetectedEncoding {
  const marked = byMark(sample);
  if (marked !== undefined) return marked;
  const wide = byZeroBytes(sample);
  if (wide !== undefined) return wide;
  if (decodesStrictly(sample, 'utf-8')) return found('utf-8', isAscii(sample) ? 'likely' : 'certain');
  // One encoding with a few bytes broken: the rows are read and the broken ones rejected one by one.
  if (undecodableShare(sample, 'utf-8') <= WRONG_SHARE) return found('utf-8', 'likely');
  const [best, ...others] = scoreLegacyText(sample).filter(
    (candidate) => !isStrict(candidate.encoding) || decodesStrictly(sample, candidate.encoding),
  );
  if (best !== undefined) {
    return { ...found(best.encoding, best.confidence), alternatives: others.map(({ encoding }) => encoding) };
  }
  if (undecodableShare(sample, 'gb18030') <= WRONG_SHARE) return found('gb18030', 'likely');
  return { ...found('windows-1252', 'guess'), alternatives: ['gb18030', 'big5', 'shift_jis', 'euc-kr'] };
}

/**
 * The encoding of a list when a person chose it. A byte order mark in the file outweighs the choice.
 * @param label a name from `ENCODINGS` or one of the usual other ones, in any case
 * @throws DomainError invalid `encoding_unknown`; invalid `encoding_mismatch` when the text cannot be read so
 */
export function chosenEncoding(label: string, sample: Uint8Array): DetectedEncoding {
  const encoding = encodingNamed(label);
  const marked = byMark(sample);
  if (marked !== undefined) return marked;
  if (undecodableShare(sample, encoding) > WRONG_SHARE) {
    throw new DomainError('invalid', 'encoding_mismatch', 'The file cannot be read in the chosen encoding', {
      params: { encoding },
    });
  }
  return found(encoding, 'certain');
}

function encodingNamed(label: string): Encoding {
  const name = label.trim().toLowerCase().replaceAll('_', '-').replace('shift-jis', 'shift_jis');
  const encoding = ENCODINGS.find((known) => known === name) ?? ALIASES.get(name);
  if (encoding === undefined) {
    throw new DomainError('invalid', 'encoding_unknown', 'No such encoding; choose one of the list', {
      params: { encoding: label.slice(0, 40), known: ENCODINGS },
    });
  }
  return encoding;
}

function found(encoding: Encoding, confidence: DetectedEncoding['confidence']): DetectedEncoding {
  return { encoding, bomBytes: 0, confidence, alternatives: [] };
}

function byMark(bytes: Uint8Array): DetectedEncoding | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf)
    return { ...found('utf-8', 'certain'), bomBytes: 3 };
  if (first === 0xff && second === 0xfe) return { ...found('utf-16le', 'certain'), bomBytes: 2 };
  if (first === 0xfe && second === 0xff) return { ...found('utf-16be', 'certain'), bomBytes: 2 };
  if (first === 0x84 && second === 0x31 && third === 0x95 && bytes[3] === 0x33) {
    return { ...found('gb18030', 'certain'), bomBytes: 4 };
  }
  return undefined;
}

/** Digits, separators and line ends of UTF-16 have a zero in their upper byte; no other text holds zeros. */
function byZeroBytes(bytes: Uint8Array): DetectedEncoding | undefined {
  const zeros = [0, 0];
  const length = Math.min(bytes.length, 65_536) & ~1;
  for (let at = 0; at < length; at++) {
    if (bytes[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  const share = (even + odd) / Math.max(length, 1);
  if (share < 0.05) return undefined;
  if (odd > even * 20) return found('utf-16le', 'likely');
  if (even > odd * 20) return found('utf-16be', 'likely');
  throw new DomainError('invalid', 'list_is_binary', 'The file is no text; save it as CSV or XLSX', {});
}

function isStrict(encoding: Encoding): boolean {
  return !encoding.startsWith('windows') && !encoding.startsWith('iso') && encoding !== 'koi8-r';
}

function decodesStrictly(sample: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function undecodableShare(sample: Uint8Array, encoding: Encoding): number {
  const text = new TextDecoder(encoding).decode(sample, { stream: true });
  let bad = 0;
  let foreign = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) foreign++;
    if (code === 0xfffd) bad++;
  }
  return foreign === 0 ? 0 : bad / foreign;
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 127) return false;
  return true;
}
