import { inflateRawSync } from 'node:zlib';
import { unusable } from './sheet.js';

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localEntry = 0x04034b50;
const stored = 0;
const deflated = 8;
const mostEntries = 200;

/** Unpacked, a sheet of 20,000 rows of text is well below that. */
export const mostUnpacked = 32 * 1024 * 1024;
export const mostCells = 400_000;

/**
 * Looks into a ZIP file before anybody unpacks it: every part is inflated up to a bound and thrown away, whatever the file
 * says of its sizes. @throws Problem where it is none, or unpacks to more than a sheet may have.
 */
export function assertUnpacksSmall(bytes: Buffer): void {
  let room = mostUnpacked;
  let cells = 0;
  for (const entry of entriesOf(bytes)) {
    const content = inflate(bytes, entry, room);
    room -= content.length;
    cells += countOf(content, '<c ') + countOf(content, '<c>') + countOf(content, '<c/') + countOf(content, '<row');
    if (cells > mostCells) throw unusable('SHEET.TOO_LARGE', `the workbook has more than ${mostCells} cells`);
  }
}

interface Entry {
  readonly method: number;
  readonly packedSize: number;
  readonly offset: number;
}

function* entriesOf(bytes: Buffer): Generator<Entry> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== endOfDirectory) throw noWorkbook();
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  // What begins elsewhere than it says would be read otherwise by others than by us.
  if (at + bytes.readUInt32LE(end + 12) !== end || count > mostEntries) throw noWorkbook();
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== directoryEntry) throw noWorkbook();
    yield {
      method: bytes.readUInt16LE(at + 10),
      packedSize: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    };
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (at !== end) throw noWorkbook();
}

function inflate(bytes: Buffer, { method, packedSize, offset }: Entry, room: number): Buffer {
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== localEntry) throw noWorkbook();
  const from = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const packed = bytes.subarray(from, from + packedSize);
  if (packed.length !== packedSize) throw noWorkbook();
  if (method === stored) return packed.length > room ? tooLarge() : packed;
  if (method !== deflated) throw noWorkbook();
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(room, 1) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge();
    throw noWorkbook();
  }
}

function tooLarge(): never {
  throw unusable('SHEET.TOO_LARGE', `the workbook unpacks to more than ${mostUnpacked} bytes`, { mostUnpacked });
}

function countOf(content: Buffer, word: string): number {
  let found = 0;
  for (let at = content.indexOf(word); at >= 0; at = content.indexOf(word, at + 1)) found += 1;
  return found;
}

export const noWorkbook = () => unusable('SHEET.UNREADABLE', 'the file is no .xlsx workbook that can be read');
