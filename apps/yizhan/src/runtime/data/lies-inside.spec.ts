import { posix, win32 } from 'node:path';
import { liesInside } from './lies-inside.js';

it.each([
  ['/srv/data', '/srv/data', true],
  ['/srv/data', '/srv/data/backups', true],
  ['/srv/data', '/srv/data/..backups', true],
  ['/srv/data', '/srv/data-backups', false],
  ['/srv/data', '/srv', false],
  ['/srv/data', '/media/stick', false],
])('of %s, %s lies inside: %s', (folder, path, is) => {
  expect(liesInside(folder, path, posix)).toBe(is);
});

it.each([
  ['C:\\Yizhan\\yizhan-data', 'c:\\yizhan\\yizhan-data\\backups', true],
  ['C:\\Yizhan\\yizhan-data', 'C:\\Yizhan\\yizhan-data-backups', false],
  ['C:\\Yizhan\\yizhan-data', 'E:\\backups', false],
  ['C:\\Yizhan\\yizhan-data', '\\\\server\\share\\backups', false],
])('on Windows, of %s, %s lies inside: %s', (folder, path, is) => {
  expect(liesInside(folder, path, win32)).toBe(is);
});
