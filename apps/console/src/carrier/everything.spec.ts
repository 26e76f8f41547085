import { everything } from './everything.js';

const list = (count: number) => (page: { readonly after?: string }) => {
  const begin = Number(page.after ?? 0);
  const end = Math.min(begin + 200, count);
  const items = Array.from({ length: end - begin }, (_none, index) => begin + index);
  return Promise.resolve({ items, next: end < count ? String(end) : null });
};

it.each([0, 1, 200, 401])('a list of %i is read whole and in order', async (count) => {
  expect(await everything(list(count))).toEqual(Array.from({ length: count }, (_none, index) => index));
});

it('a list without end is read in part', async () => {
  expect(await everything(list(Infinity))).toHaveLength(5_000);
});
