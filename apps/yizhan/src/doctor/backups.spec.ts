import { judgeBackups, judgeCopies } from './backups.js';

const hour = 3_600_000;

it.each([
  [{ age: hour, sinceCheck: 20 * hour, everyMinutes: 60 }, 'ok'],
  [{ age: 4 * hour, sinceCheck: 20 * hour, everyMinutes: 60 }, 'warn'],
  [{ age: 4 * hour, sinceCheck: 20 * hour, everyMinutes: 0 }, 'ok'],
  [{ age: 25 * hour, sinceCheck: 20 * hour, everyMinutes: 0 }, 'warn'],
  [{ age: hour, sinceCheck: 8 * 24 * hour, everyMinutes: 60 }, 'warn'],
])('judges backups %j: %s', (ages, state) => {
  expect(judgeBackups({ ...ages, isOneDisk: false }).state).toBe(state);
});

it('warns of backups that would be lost with the disk of the data', () => {
  const ages = { age: hour, sinceCheck: hour, everyMinutes: 60 };
  expect(judgeBackups({ ...ages, isOneDisk: true })).toMatchObject({
    state: 'warn',
    says: expect.stringContaining('on the disk of the data'),
    mend: expect.stringContaining('YIZHAN_BACKUP_DIRECTORY'),
  });
});

it.each([
  [2 * 24 * hour, 'ok'],
  [4 * 24 * hour, 'warn'],
  [undefined, 'warn'],
])('judges a copy of the keystore that is %d ms old: %s', (age, state) => {
  expect(judgeCopies(age, '/media/stick').state).toBe(state);
});
