import { judgeBackups } from './backups.js';

const hour = 3_600_000;

it.each([
  [{ age: hour, sinceCheck: 20 * hour, everyMinutes: 60 }, 'ok'],
  [{ age: 4 * hour, sinceCheck: 20 * hour, everyMinutes: 60 }, 'warn'],
  [{ age: 4 * hour, sinceCheck: 20 * hour, everyMinutes: 0 }, 'ok'],
  [{ age: 25 * hour, sinceCheck: 20 * hour, everyMinutes: 0 }, 'warn'],
  [{ age: hour, sinceCheck: 8 * 24 * hour, everyMinutes: 60 }, 'warn'],
])('judges backups %j: %s', (ages, state) => {
  expect(judgeBackups(ages).state).toBe(state);
});
