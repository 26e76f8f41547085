import { readFileSync } from 'node:fs';
import { filesOfFold, renderFoldFingerprint } from '../../docs/generate/fold-fingerprint.js';

describe('what the fingerprint of folding stands for', () => {
  it('has the folds, and what they take from libs, without the rest of these', () => {
    const files = filesOfFold();
    expect(files).toEqual(
      expect.arrayContaining([
        'apps/scheduler/src/scheduler.consumes.ts',
        'apps/scheduler/src/picture/fold-visits.ts',
        'libs/contracts/src/upcast.ts',
        'libs/event-log/src/log-entry.ts',
        'libs/kernel/src/clock.ts',
        'libs/policy/src/read-policy-pack.ts',
        'libs/policy/src/hours/prune-activity.ts',
        // What prune-activity imports itself.
        'libs/policy/src/hours/driven-stretches.ts',
      ]),
    );
    expect(files.filter((file) => /\.spec\.ts$|\/index\.ts$|snapshots|matching|packs\//.test(file))).toEqual([]);
  });

  it.each(['apps/scheduler/src/picture/driving.ts', 'libs/policy/src/hours/driven-stretches.ts'])(
    'is another one where %s is',
    (changed) => {
      const textOf = (file: string): string => readFileSync(file, 'utf8');
      const edited = (file: string): string => `${textOf(file)}${file === changed ? '// edited' : ''}`;
      expect(renderFoldFingerprint(edited)).not.toBe(renderFoldFingerprint());
      expect(renderFoldFingerprint(textOf)).toBe(renderFoldFingerprint());
    },
  );
});
