import { ProblemError } from '@yizhan/client';
import { problemText } from './problem-text.js';

const textOf = (error: unknown): string =>
  problemText(
    error,
    (key) => `text of ${key}`,
    (key) => key === 'problem.BAY_OCCUPIED',
  );

const refusal = (code: string): ProblemError =>
  new ProblemError(
    { type: 'about:blank', title: 'Conflict', status: 409, code, detail: 'in words', instance: '', requestId: '' },
    'to try',
  );

it('tells a refusal in the words of its code, else in those of the service', () => {
  expect(textOf(refusal('BAY.OCCUPIED'))).toBe('text of problem.BAY_OCCUPIED');
  expect(textOf(refusal('BAY.NEW'))).toBe('in words');
});

it('does not blame the network where it is the device that keeps nothing more', () => {
  const full = Object.assign(new Error('no room'), { name: 'QuotaExceededError' });
  const aborted = Object.assign(new Error('aborted'), { name: 'AbortError', inner: full });
  expect([full, aborted].map(textOf)).toEqual(['text of problem.device', 'text of problem.device']);
  expect(textOf(new TypeError('Failed to fetch'))).toBe('text of problem.network');
});
