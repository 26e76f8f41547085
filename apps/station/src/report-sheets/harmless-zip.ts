import { inflateRawSync } from 'node:zlib';
import { Problem } from '@yizhan/kernel';
import { invalidTemplate } from './placeholders.js';

/** What a template may come to when it is unpacked: many times the size of a real one. */
const largest = 8 * 1024 * 1024;
const mostFiles = 200;

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;

/**
 * Unpacks a zip file within bounds before anybody reads it without: a few kilobytes can come to gigabytes.
 * @throws Problem `TEMPLATE.…`.
 */
export function assertHarmlessZip(file: Buffer): void {
  let left = largest;
  for (const { method, packed } of filesIn(file)) {
    if (method !== 0 && method !== 8) throw unreadable();
    const size = method === 0 ? packed.length : unpackedSize(packed, left);
    left -= size;
    if (left < 0) throw tooLarge();
  }
}

interface PackedFile {
  readonly method: number;
  readonly packed: Buffer;
}

function filesIn(file: Buffer): PackedFile[] {
  try {
    const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || file.readUInt32LE(end) !== endOfDirectory) throw unreadable();
    const count = file.readUInt16LE(end + 10);
    if (count > mostFiles) throw tooLarge();
    const files: PackedFile[] = [];
    for (let at = file.readUInt32LE(end + 16), index = 0; index < count; index += 1) {
      if (file.readUInt32LE(at) !== directoryEntry) throw unreadable();
      const [method, size, start] = [
        file.readUInt16LE(at + 10),
        file.readUInt32LE(at + 20),
        file.readUInt32LE(at + 42),
      ];
      files.push({ method, packed: packedAt(file, start, size) });
      at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
    }
    return files;
  } catch (error) {
    // Where a number leads out of the file, reading it fails.
    throw error instanceof Problem ? error : unreadable();
  }
}

function packedAt(file: Buffer, start: number, size: number): Buffer {
  if (file.readUInt32LE(start) !== localHeader) throw unreadable();
  const from = start + 30 + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28);
  if (from + size > file.length) throw unreadable();
  return file.subarray(from, from + size);
}

function unpackedSize(packed: Buffer, left: number): number {
  try {
    return inflateRawSync(packed, { maxOutputLength: left + 1 }).length;
  } catch (error) {
    throw isTooLarge(error) ? tooLarge() : unreadable();
  }
}

const isTooLarge = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

const unreadable = () => invalidTemplate('TEMPLATE.UNREADABLE', 'the file is no Excel workbook (.xlsx)');
const tooLarge = () => invalidTemplate('TEMPLATE.TOO_LARGE', 'the workbook is too large for a template');
