import { isRefusal } from './is-refusal.js';

it.each([400, 401, 403, 404, 422])('%i is one', (status) => expect(isRefusal(status)).toBe(true));

it.each([409, 429, 500, 502, 503, 504])('%i is none: the change may have been made', (status) =>
  expect(isRefusal(status)).toBe(false),
);
