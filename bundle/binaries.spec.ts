import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { binaryFormat, strangeBinaries } from './binaries.js';

function elf({ bits = 2, machine = 62 } = {}): Buffer {
  const head = Buffer.alloc(64);
  head.write('\u007fELF', 'latin1');
  head[4] = bits;
  head.writeUInt16LE(machine, 18);
  return head;
}

function pe({ machine = 0x8664, magic = 0x20b, at = 128 } = {}): Buffer {
  const head = Buffer.alloc(256);
  head.write('MZ', 'latin1');
  head.writeUInt32LE(at, 60);
  head.write('PE\0\0', 128, 'latin1');
  head.writeUInt16LE(machine, 132);
  head.writeUInt16LE(magic, 152);
  return head;
}

it.each([
  ['a program of Linux', elf(), 'ELF x86-64'],
  ['one of 32 bits', elf({ bits: 1, machine: 3 }), 'ELF for another machine'],
  ['one for ARM', elf({ machine: 183 }), 'ELF for another machine'],
  ['a program of Windows', pe(), 'PE32+ x86-64'],
  ['one of 32 bits', pe({ machine: 0x14c, magic: 0x10b }), 'PE for another machine'],
  ['one for ARM', pe({ machine: 0xaa64 }), 'PE for another machine'],
  ['one of DOS', pe({ at: 0 }), 'MZ without PE'],
  ['one of macOS', Buffer.from('cffaedfe', 'hex'), 'Mach-O'],
  ['a script', Buffer.from('#!/bin/sh\n'), undefined],
  ['an empty file', Buffer.alloc(0), undefined],
])('%s is known by its head', (_what, head, format) => {
  expect(binaryFormat(head)).toBe(format);
});

it('what is of another machine, and what only has the name of a program, is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-binaries-'));
  try {
    writeFileSync(join(folder, 'node.exe'), pe());
    writeFileSync(join(folder, 'addon.node'), elf());
    writeFileSync(join(folder, 'libpq.dll'), 'a page that says "not found"');
    writeFileSync(join(folder, 'readme.txt'), 'text');
    expect(strangeBinaries(folder, 'PE32+ x86-64')).toEqual({
      count: 3,
      faults: ['addon.node is ELF x86-64, not PE32+ x86-64', 'libpq.dll is no program, not PE32+ x86-64'],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
