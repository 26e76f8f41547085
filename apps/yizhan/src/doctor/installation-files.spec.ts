import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeFiles } from './installation-files.js';

it('names a file of an archive that is changed, and one that is missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yizhan-files-'));
  try {
    const sumOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    writeFileSync(join(folder, 'whole'), '');
    writeFileSync(join(folder, 'SHA256SUMS'), `${sumOfNothing}  whole\n`);
    expect(judgeFiles(folder).state).toBe('ok');
    writeFileSync(join(folder, 'changed'), 'other');
    writeFileSync(
      join(folder, 'SHA256SUMS'),
      `${sumOfNothing}  changed\n${sumOfNothing}  whole\n${sumOfNothing}  gone\n`,
    );
    expect(judgeFiles(folder)).toMatchObject({
      state: 'fail',
      says: '2 of 3 files are missing or changed, such as changed',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
