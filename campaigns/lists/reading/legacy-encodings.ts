import type { DetectedEncoding, Encoding } from './encoding.ts';

interface Candidate {
  encoding: Encoding;
  confidence: DetectedEncoding['confidence'];
}

/** What the high bytes of a text look like when read as pairs, the way every east Asian encoding does. */
interface PairCounts {
  pairs: number;
  /** Lead and trail both from A1: GB2312, EUC-KR and EUC-JP write so, the others only now and then. */
  high: number;
  /** Leads of the rarer second half of hanzi, where Korean has none. */
  beyondHangul: number;
  kana: number;
  shiftKana: number;
  big5: number;
  /** A high byte before a small Latin letter, as accents in western text. */
  beforeLetter: number;
}

/**
 * Ranks the encodings older than Unicode by the look of a text that is not UTF-8. Strict decoding does not
 * tell them apart: GB18030 accepts nearly every Big5, Korean and even accented western text.
 */
export function scoreLegacyText(sample: Uint8Array): Candidate[] {
  const counts = countPairs(sample);
  if (counts.pairs === 0) return [];
  const share = (count: number): number => count / counts.pairs;
  if (share(counts.beforeLetter) > 0.5) return candidates('windows-1252', 'gb18030');
  if (share(counts.shiftKana) > 0.2) return candidates('shift_jis', 'gb18030', 'big5');
  if (share(counts.kana) > 0.3 && share(counts.high) > 0.9) return candidates('euc-jp', 'gb18030');
  if (share(counts.high) > 0.9) {
    if (counts.pairs >= 20 && counts.beyondHangul === 0) return candidates('euc-kr', 'gb18030');
    return [{ encoding: 'gb18030', confidence: 'likely' }, ...candidates('big5', 'euc-kr')];
  }
  if (share(counts.big5) > 0.9) return candidates('big5', 'gb18030', 'shift_jis');
  return candidates('gb18030', 'big5', 'shift_jis', 'euc-kr', 'windows-1252');
}

function candidates(...encodings: Encoding[]): Candidate[] {
  return encodings.map((encoding) => ({ encoding, confidence: 'guess' }));
}

function countPairs(bytes: Uint8Array): PairCounts {
  const counts = { pairs: 0, high: 0, beyondHangul: 0, kana: 0, shiftKana: 0, big5: 0, beforeLetter: 0 };
  for (let at = 0; at + 1 < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    countPair(counts, lead, bytes[at + 1] ?? 0);
    at++;
  }
  return counts;
}

function countPair(counts: PairCounts, lead: number, trail: number): void {
  counts.pairs++;
  if (trail >= 0x61 && trail <= 0x7a) counts.beforeLetter++;
  if (lead >= 0xa1 && trail >= 0xa1) counts.high++;
  if (lead > 0xc8 && lead < 0xf8 && trail >= 0xa1) counts.beyondHangul++;
  if (lead === 0xa4 || lead === 0xa5) counts.kana++;
  if ((lead === 0x82 && trail >= 0x9f) || lead === 0x83) counts.shiftKana++;
  // Big5's 5,401 frequent characters are A440 to C67E; A1 to A3 are its punctuation.
  const isBig5Trail = (trail >= 0x40 && trail <= 0x7e) || trail >= 0xa1;
  if (lead >= 0xa1 && lead <= 0xc6 && isBig5Trail) counts.big5++;
}
