import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { isDomainError } from '../../../platform/errors/index.ts';
import { ListDecoder } from './decode.ts';
import { chosenEncoding, detectEncoding, ENCODINGS, type Encoding } from './encoding.ts';

const CHINESE = '姓名,电话,备注\r\n张三,13800138000,老客户\r\n李四,010-88886666转801,请周五再打\r\n';
const TAIWANESE = '姓名,電話,備註\r\n陳小明,0912345678,請週五再撥\r\n林美麗,0223456789,舊客戶\r\n';
const JAPANESE = '氏名,電話番号,メモ\r\n田中さん,09012345678,またかけてください\r\n';
const KOREAN = '이름,전화번호,비고\r\n김철수,01012345678,다시 전화해 주세요 감사합니다\r\n';
const GERMAN = 'Name;Straße;Telefon\r\nMüller;Königsallee;021112345\r\nJäger;Grünstraße;030123456\r\n';

function decode(bytes: Buffer, encoding: Encoding, sizes: number[] = []): { text: string; suspect: boolean } {
  const decoder = new ListDecoder({ encoding, bomBytes: 0 });
  const chunks = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(decoder.write(bytes.subarray(at, at + size)));
    at += size;
  }
  chunks.push(decoder.write(bytes.subarray(at)), decoder.end());
  return {
    text: Buffer.concat(chunks.map((chunk) => chunk.bytes)).toString('utf8'),
    suspect: chunks.some((chunk) => chunk.suspect),
  };
}

const detected: [string, Buffer, Encoding, 'certain' | 'likely' | 'guess'][] = [
  ['UTF-8', Buffer.from(CHINESE), 'utf-8', 'certain'],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${CHINESE}`), 'utf-8', 'certain'],
  ['ASCII', Buffer.from('name,phone\nAnn,2125550123\n'), 'utf-8', 'likely'],
  ['UTF-16LE with a mark', iconv.encode(CHINESE, 'utf-16le', { addBOM: true }), 'utf-16le', 'certain'],
  ['UTF-16BE with a mark', iconv.encode(CHINESE, 'utf-16be', { addBOM: true }), 'utf-16be', 'certain'],
  ['UTF-16LE without', iconv.encode(CHINESE, 'utf-16le'), 'utf-16le', 'likely'],
  ['UTF-16BE without', iconv.encode(CHINESE, 'utf-16be'), 'utf-16be', 'likely'],
  ['GB18030', iconv.encode(CHINESE, 'gb18030'), 'gb18030', 'likely'],
  ['two short lines of GBK', iconv.encode('张三,138\n李四,139', 'gbk'), 'gb18030', 'likely'],
  ['Big5', iconv.encode(TAIWANESE, 'big5'), 'big5', 'guess'],
  ['Shift_JIS', iconv.encode(JAPANESE, 'shift_jis'), 'shift_jis', 'guess'],
  ['EUC-JP', iconv.encode(JAPANESE, 'euc-jp'), 'euc-jp', 'guess'],
  ['EUC-KR', iconv.encode(KOREAN, 'euc-kr'), 'euc-kr', 'guess'],
  ['windows-1252', iconv.encode(GERMAN, 'windows-1252'), 'windows-1252', 'guess'],
  ['nothing', Buffer.alloc(0), 'utf-8', 'likely'],
];

for (const [name, bytes, encoding, confidence] of detected) {
  test(`${name} is found, ${confidence}`, () => {
    const result = detectEncoding(bytes);
    assert.deepEqual([result.encoding, result.confidence], [encoding, confidence]);
  });
}

test('a file that is no text is named, not decoded', () => {
  const bytes = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7) % 5));
  assert.throws(
    () => detectEncoding(bytes),
    (error) => isDomainError(error, 'list_is_binary'),
  );
});

test('a UTF-8 file with one broken byte is still UTF-8, and the chunk says so', () => {
  const bytes = Buffer.concat([
    Buffer.from(CHINESE.repeat(40)),
    Buffer.from([0xe5, 0xbc]),
    Buffer.from(',1\n'),
  ]);
  assert.equal(detectEncoding(bytes).encoding, 'utf-8');
  assert.equal(decode(bytes, 'utf-8').suspect, true);
});

test('a character cut by the end of the sample does not spoil the detection', () => {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    const bytes = iconv.encode(CHINESE, encoding);
    for (let length = 9; length < 40; length++) {
      assert.equal(detectEncoding(bytes.subarray(0, length)).encoding, encoding, `${encoding} ${length}`);
    }
  }
});

test('a chosen encoding in which the file cannot be read is refused', () => {
  assert.throws(
    () => chosenEncoding('utf-8', iconv.encode(CHINESE, 'gb18030')),
    (error) => isDomainError(error, 'encoding_mismatch'),
  );
  assert.throws(
    () => chosenEncoding('klingon', Buffer.from(CHINESE)),
    (error) => isDomainError(error, 'encoding_unknown'),
  );
});

test('usual other names are understood and a byte order mark outweighs the choice', () => {
  const gbk = iconv.encode(CHINESE, 'gbk');
  for (const label of ['GBK', 'gb2312', 'GB18030', ' cp936 ']) {
    assert.equal(chosenEncoding(label, gbk).encoding, 'gb18030');
  }
  assert.equal(chosenEncoding('Shift_JIS', iconv.encode(JAPANESE, 'shift_jis')).encoding, 'shift_jis');
  assert.equal(chosenEncoding('gbk', Buffer.from(`\ufeff${CHINESE}`)).encoding, 'utf-8');
});

test('every offered encoding can be decoded', () => {
  for (const encoding of ENCODINGS) {
    assert.equal(decode(iconv.encode('name,1\n', encoding), encoding).text, 'name,1\n', encoding);
  }
});

test('however a file is cut into chunks, the text is the same', () => {
  const text = fc
    .array(fc.constantFrom('a', '1', ',', '\n', '张', '龘', 'é', '€', '😀', '𠮷'))
    .map((list) => list.join(''));
  const encoding = fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be', 'gb18030');
  fc.assert(
    fc.property(text, encoding, fc.array(fc.integer({ min: 0, max: 7 })), (written, name, sizes) => {
      const result = decode(iconv.encode(written, name), name, sizes);
      assert.deepEqual(result, { text: written, suspect: false });
    }),
    { numRuns: 500 },
  );
});
