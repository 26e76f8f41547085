import { ProblemError } from '@yizhan/client';
import { isRefused } from './is-refused.js';

const answer = (status: number, code = 'VISIT.HELD') =>
  new ProblemError(
    { type: 'about:blank', title: '', status, detail: '', code, instance: '', requestId: '' },
    'POST /api/v1/visits',
  );

it.each([400, 403, 404, 409, 422])('%i says that a step was not done', (status) =>
  expect(isRefused(answer(status))).toBe(true),
);

it.each([401, 429, 500, 503])('%i does not: the step waits', (status) => expect(isRefused(answer(status))).toBe(false));

it('does not where the same request is under way, or where there is no answer', () => {
  expect(isRefused(answer(409, 'REQUEST.UNDER_WAY'))).toBe(false);
  expect(isRefused(new Error('no network'))).toBe(false);
});
