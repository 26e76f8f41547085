import { hashOf, isSecret } from './hashing.js';

test.each(['pin', 'password'] as const)('a hash of a %s knows its secret and no other', async (kind) => {
  const hash = await hashOf(kind, '482913');
  expect(hash).toMatch(/^scrypt\$\d+\$8\$\d\$[\w-]{22}\$[\w-]{43}$/);
  expect(hash).not.toContain('482913');
  expect(await isSecret(kind, '482913', hash)).toBe(true);
  expect(await isSecret(kind, '482914', hash)).toBe(false);
});

test('two hashes of one secret differ by their salts', async () => {
  expect(await hashOf('pin', '482913')).not.toBe(await hashOf('pin', '482913'));
});

test('what is written in two ways is one secret', async () => {
  expect(await isSecret('password', 'Cafe\u0301', await hashOf('password', 'Caf\u00e9'))).toBe(true);
});

test.each([null, undefined, ''])('without a hash (%p) nothing is right', async (hash) => {
  expect(await isSecret('pin', '482913', hash)).toBe(false);
});

test('more than it has room for at once are checked one after the other', async () => {
  const hash = await hashOf('pin', '482913');
  const all = await Promise.all(Array.from({ length: 8 }, (_, index) => isSecret('pin', `48291${index}`, hash)));
  expect(all.filter(Boolean)).toHaveLength(1);
});

test('beyond that it says so', async () => {
  const hash = await hashOf('pin', '482913');
  const all = await Promise.allSettled(Array.from({ length: 50 }, () => isSecret('pin', '482913', hash)));
  const refused = all.filter((each) => each.status === 'rejected');
  expect(refused).toHaveLength(8);
  expect(refused[0]).toMatchObject({ reason: { kind: 'unavailable', code: 'IDENTITY.BUSY' } });
});
