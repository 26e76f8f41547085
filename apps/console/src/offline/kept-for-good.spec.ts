import { keptForGood } from './kept-for-good.js';

it.each([
  { before: true, allowed: false, is: true, asked: 0 },
  { before: false, allowed: true, is: true, asked: 1 },
  { before: false, allowed: false, is: false, asked: 1 },
])('asks the browser to keep its store where it does not yet: %j', async ({ before, allowed, is, asked }) => {
  let times = 0;
  const persist = () => {
    times += 1;
    return Promise.resolve(allowed);
  };
  expect(await keptForGood({ persisted: () => Promise.resolve(before), persist })).toBe(is);
  expect(times).toBe(asked);
});

it('promises nothing where there is nobody to ask', async () => {
  expect(await keptForGood(undefined)).toBe(false);
});
