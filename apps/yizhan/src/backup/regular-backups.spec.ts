import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackupState } from '@yizhan/service-process';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { backupName, removeOld } from './backup-folder.js';
import { noteChecked } from './checked.js';
import { backupFormat, manifestFile } from './manifest.js';
import { RegularBackups } from './regular-backups.js';

const minute = 60_000;
const hour = 60 * minute;
const started = Date.parse('2026-11-29T08:00:00Z');

let folder: string;
let directory: DataDirectory;
let target: string;
let now: number;
let told: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-regular-'));
  directory = new DataDirectory(join(folder, 'station'));
  directory.makeFolder();
  directory.ensureSecrets();
  target = join(folder, 'backups');
  now = started;
  told = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Notes what it is asked for, and ends as `code` says. */
function program(code = 0, says = ''): string {
  const script = join(folder, `program-${code}.cjs`);
  writeFileSync(
    script,
    `require('node:fs').appendFileSync(${JSON.stringify(join(folder, 'asked'))}, process.argv.slice(2).join(' ') + '\\n');
     process.stderr.write(${JSON.stringify(says)});
     process.exitCode = ${code};`,
  );
  return script;
}

const asked = (): string[] => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');

const backups = (changes: Partial<ConstructorParameters<typeof RegularBackups>[0]> = {}): RegularBackups =>
  new RegularBackups({
    directory,
    target,
    everyMinutes: 60,
    keystoreTarget: undefined,
    clock: { now: () => now },
    script: program(),
    tell: (line) => told.push(line),
    ...changes,
  });

function madeAt(at: number): string {
  const { id } = directory.readSecrets();
  const createdAt = new Date(at).toISOString();
  const made = join(target, backupName(id, createdAt, 'regular'));
  mkdirSync(made, { recursive: true });
  const manifest = { format: backupFormat, directoryId: id, createdAt, reason: 'regular', tables: [] };
  writeFileSync(join(made, manifestFile), JSON.stringify({ manifest, seal: '' }));
  return made;
}

it('makes the first one five minutes after the start, and restores it to see that it can be', () => {
  const regular = backups();
  expect(regular.due()).toBeUndefined();
  now += 5 * minute;
  expect(regular.due()).toEqual(['--to', target, '--check']);
});

it('makes the next an hour after the last, and checks one a day', () => {
  const regular = backups();
  now += 10 * minute;
  noteChecked(madeAt(now), now);
  now += 59 * minute;
  expect(regular.due()).toBeUndefined();
  now += minute;
  expect(regular.due()).toEqual(['--to', target]);
  now += 23 * hour;
  expect(regular.due()).toEqual(['--to', target, '--check']);
});

it('makes one where the clock was set back, and the next an hour later', () => {
  const regular = backups();
  noteChecked(madeAt(now + 48 * hour), now + 48 * hour);
  now += 10 * minute;
  expect(regular.due()).toEqual(['--to', target, '--check']);
  noteChecked(madeAt(now), now);
  now += 59 * minute;
  expect(regular.due()).toBeUndefined();
  now += minute;
  expect(regular.due()).toEqual(['--to', target]);
});

it('makes one where the clock is set back while it runs', () => {
  const regular = backups();
  now -= 365 * 24 * hour;
  expect(regular.due()).toContain(target);
});

it('keeps those of before the clock was set back, and those since', () => {
  const future = Array.from({ length: 30 }, (_, index) => madeAt(now + (1_000 + index) * hour));
  const since = Array.from({ length: 3 }, (_, index) => madeAt(now - index * hour));
  const removed = removeOld(target, directory.readSecrets().id, now);
  expect(removed.filter((each) => since.includes(each))).toEqual([]);
  expect(future.filter((each) => !removed.includes(each)).length).toBeGreaterThanOrEqual(24);
});

it('does not take a damaged one for a backup', () => {
  const regular = backups();
  writeFileSync(join(madeAt(now), manifestFile), '{"manifest":');
  now += 10 * minute;
  expect(regular.due()).toContain(target);
});

it('takes a note of a check that is damaged for none, and goes on', () => {
  const regular = backups();
  writeFileSync(join(madeAt(now), 'checked.json'), '{"checke');
  now += 2 * hour;
  expect(regular.due()).toEqual(['--to', target, '--check']);
});

it('makes none where it is told to make none, and copies the keys of persons once a day', () => {
  const none = backups({ everyMinutes: 0 });
  const keysAlone = backups({ everyMinutes: 0, keystoreTarget: join(folder, 'keys') });
  now += 48 * hour;
  expect(none.due()).toBeUndefined();
  expect(keysAlone.due()).toEqual(['--keystore', '--to', join(folder, 'keys')]);
});

it('runs the command beside the work', async () => {
  const regular = backups();
  now += 10 * minute;
  await regular.look();
  expect(asked()).toEqual([`backup --data ${directory.path} --to ${target} --check`]);
  expect(told).toEqual([]);
});

it('does not take it for a failure where it was stopped', async () => {
  const regular = backups({ script: program(130) });
  now += 10 * minute;
  await regular.look();
  expect(asked()).toHaveLength(1);
  expect(told).toEqual([]);
});

it('shows that backups fail once the newest is older than it should ever be, until one is made', async () => {
  const sign = { backups: 'ok' as BackupState };
  const broken = program(3, 'yizhan: the stick is not there\n');
  const regular = backups({ script: broken, sign });
  madeAt(now);
  now += hour;
  await regular.look();
  expect(sign.backups).toBe('ok');
  now += 2 * hour + minute;
  await regular.look();
  expect(sign.backups).toBe('overdue');
  writeFileSync(broken, '');
  now += 11 * minute;
  await regular.look();
  expect(sign.backups).toBe('ok');
});

it('shows nothing of a PC that was off for a day before its first one has failed', () => {
  const sign = { backups: 'ok' as BackupState };
  madeAt(now - 24 * hour);
  const regular = backups({ sign });
  now += 10 * minute;
  expect(regular.due()).toContain(target);
  expect(sign.backups).toBe('ok');
});

it('says once why none could be made, and tries again ten minutes later', async () => {
  const regular = backups({ script: program(3, 'yizhan: the stick is not there\n        Put it in.\n') });
  now += 10 * minute;
  await regular.look();
  await regular.look();
  expect(asked()).toHaveLength(1);
  now += 10 * minute;
  await regular.look();
  expect(asked()).toHaveLength(2);
  expect(told).toEqual([expect.stringContaining('the stick is not there Put it in.')]);
});
