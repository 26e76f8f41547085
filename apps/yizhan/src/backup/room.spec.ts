import { tmpdir } from 'node:os';
import { bytesToRestore, refuseWithoutFree } from './room.js';

const table = { bytes: 1e9 } as Parameters<typeof bytesToRestore>[0]['tables'][number];

it('what is restored takes the room that the database took, and its log besides', () => {
  expect(bytesToRestore({ databaseBytes: 100e6, tables: [table] })).toBe(350e6);
  expect(bytesToRestore({ databaseBytes: 10e9, tables: [] })).toBe(10.1e9 + 2 ** 31);
});

it('a backup of an older version does not say it: its rows do', () => {
  expect(bytesToRestore({ tables: [table] })).toBe(3.1e9 + 2 ** 31);
});

it('refuses where a disk has less, and says how much', () => {
  const why = { what: 'a restore', mend: 'Free some space.' };
  expect(() => refuseWithoutFree(tmpdir(), 0, why)).not.toThrow();
  expect(() => refuseWithoutFree(tmpdir(), 1e18, why)).toThrow(
    /has \d+ MB free, and a restore needs 1000000000000 MB$/,
  );
});
