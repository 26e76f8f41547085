import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Environment = Record<string, string | undefined>;

/** It runs as it lies there, with the Node of an archive. */
const { settingsIn, takeSettings } = jest.requireActual<{
  readonly settingsIn: (text: string) => [string, string][];
  readonly takeSettings: (folder: string, environment: Environment) => void;
}>('../apps/yizhan/bin/settings.mjs');

let place: string;
const folder = (): string => join(place, 'yizhan-1.0.0-linux-x64');
const backups = { YIZHAN_BACKUP_DIRECTORY: '/media/stick/yizhan' };

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'yizhan-settings-'));
  mkdirSync(join(folder(), 'runtime'), { recursive: true });
  writeFileSync(join(folder(), 'SHA256SUMS'), '');
  writeFileSync(join(place, 'yizhan-settings.txt'), 'YIZHAN_BACKUP_DIRECTORY=/media/stick/yizhan\nPATH=/tmp\n');
});
afterEach(() => rmSync(place, { recursive: true }));

function taken(environment: Environment = {}): Environment {
  takeSettings(folder(), environment);
  return environment;
}

it('takes its own variables from the file beside an archive, and no others', () => {
  expect(taken()).toEqual(backups);
});

it('leaves what is set already as it is', () => {
  expect(taken({ YIZHAN_BACKUP_DIRECTORY: '/srv' })).toEqual({ YIZHAN_BACKUP_DIRECTORY: '/srv' });
});

it('reads nothing where there is no such file, nor in a folder of sources', () => {
  rmSync(join(folder(), 'SHA256SUMS'));
  expect(taken()).toEqual({});
  rmSync(join(place, 'yizhan-settings.txt'));
  writeFileSync(join(folder(), 'SHA256SUMS'), '');
  expect(taken()).toEqual({});
});

it('reads what an editor of Windows writes, with paths as Windows has them', () => {
  const text = '\ufeffYIZHAN_BACKUP_DIRECTORY=E:\\Yizhan\\backups\r\n# a remark\r\nYIZHAN_BACKUP_MINUTES = 30\r\n';
  expect(settingsIn(text)).toEqual([
    ['YIZHAN_BACKUP_DIRECTORY', 'E:\\Yizhan\\backups'],
    ['YIZHAN_BACKUP_MINUTES', '30'],
  ]);
});
