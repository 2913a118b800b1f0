import type { Readable } from 'node:stream';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { damaged, damagedUnlessKnown } from './xlsx-zip.ts';

/** What a part's reader wants to hear of; names come without their namespace prefix. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text?: (text: string) => void;
}

/** Bytes that may pass without a tag: Excel's longest cell has 32,767 characters. */
const MAX_BYTES_WITHOUT_TAG = 512 * 1024;

/**
 * Reads XML of a workbook a chunk at a time, and gives after each chunk the bytes read.
 * Document types are refused, so no entity can grow.
 * @throws DomainError invalid `xlsx_damaged`
 */
export async function* readXml(stream: Readable, listener: XmlListener): AsyncGenerator<number> {
  const decoder = new TextDecoder('utf-8');
  const parser = new SaxesParser();
  let sinceTag = 0;
  parser.on('error', (error) => {
    throw damaged('its XML is not well-formed', error);
  });
  parser.on('doctype', () => {
    throw damaged('it has a document type');
  });
  parser.on('opentag', (tag: SaxesTagPlain) => {
    sinceTag = 0;
    listener.open(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag: SaxesTagPlain) => {
    sinceTag = 0;
    listener.close(localName(tag.name));
  });
  if (listener.text !== undefined) parser.on('text', listener.text);
  if (listener.text !== undefined) parser.on('cdata', listener.text);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sinceTag += chunk.length;
      parser.write(decoder.decode(chunk, { stream: true }));
      if (sinceTag > MAX_BYTES_WITHOUT_TAG) throw damaged('a text is longer than any cell');
      yield chunk.length;
    }
    parser.write(decoder.decode()).close();
  } catch (error) {
    throw damagedUnlessKnown(error);
  } finally {
    stream.destroy();
  }
}

/** Reads a small part whole. */
export async function readWholeXml(stream: Readable, listener: XmlListener): Promise<void> {
  for await (const _bytes of readXml(stream, listener));
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
