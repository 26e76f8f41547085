import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder } from './files-under.js';

const elf = Buffer.from('\u007fELF', 'latin1');
const x64InElf = 62;
const x64InPe = 0x8664;
const pe32Plus = 0x20b;

/**
 * What kind of program or library begins with these bytes: `ELF x86-64`, `PE32+ x86-64`, one of these for another machine,
 * `Mach-O`. @returns undefined for what is none.
 */
export function binaryFormat(head: Buffer): string | undefined {
  if (head.subarray(0, 4).equals(elf)) {
    const isX64 = head.length >= 20 && head[4] === 2 && head.readUInt16LE(18) === x64InElf;
    return isX64 ? 'ELF x86-64' : 'ELF for another machine';
  }
  if (head.subarray(0, 2).toString('latin1') === 'MZ') {
    const at = head.length >= 64 ? head.readUInt32LE(60) : 0;
    if (at === 0 || at + 26 > head.length || head.toString('latin1', at, at + 4) !== 'PE\0\0') return 'MZ without PE';
    const isX64 = head.readUInt16LE(at + 4) === x64InPe && head.readUInt16LE(at + 24) === pe32Plus;
    return isX64 ? 'PE32+ x86-64' : 'PE for another machine';
  }
  const magic = head.length >= 4 ? head.readUInt32BE(0) : 0;
  return [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe].includes(magic) ? 'Mach-O' : undefined;
}

const headBytes = 4_096;

/** What does not fit: programs and libraries of another system or machine, and files that only look like one by their name. */
export function strangeBinaries(folder: string, format: string): { readonly count: number; readonly faults: string[] } {
  const faults: string[] = [];
  let count = 0;
  for (const path of filesUnder(folder)) {
    const found = binaryFormat(headOf(join(folder, path)));
    const isNamedSo = /\.(exe|dll|node|so(\.[\d.]+)?)$/.test(path);
    if (found === undefined && !isNamedSo) continue;
    count += 1;
    if (found !== format) faults.push(`${path} is ${found ?? 'no program'}, not ${format}`);
  }
  return { count, faults };
}

function headOf(file: string): Buffer {
  const opened = openSync(file, 'r');
  try {
    const head = Buffer.alloc(headBytes);
    return head.subarray(0, readSync(opened, head, 0, headBytes, 0));
  } finally {
    closeSync(opened);
  }
}
