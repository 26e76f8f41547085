import { isIntact, Lock } from './packages.js';

const lock = new Lock(
  JSON.stringify({
    packages: {
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a', dependencies: { b: '1', c: '1' } },
      'node_modules/a/node_modules/b': { version: '1.0.0', dependencies: { c: '1', d: '1' } },
      'node_modules/b': { version: '2.0.0', dependencies: { e: '1' } },
      'node_modules/c': { version: '1.0.0', dependencies: { a: '1' } },
      'node_modules/d': { version: '1.0.0' },
      'node_modules/e': { version: '1.0.0' },
    },
  }),
);

it('a package comes with what it depends on, looked for as Node does', () => {
  expect(lock.closure(['a'])).toEqual([
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/c',
    'node_modules/d',
  ]);
});

it('what the lock does not have is refused', () => {
  expect(() => lock.closure(['f'])).toThrow('does not have f');
  expect(() => lock.reference('d')).toThrow('does not have d');
});

it('bytes are what was published, or they are not', () => {
  const sum = 'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==';
  expect(isIntact(Buffer.alloc(0), sum)).toBe(true);
  expect(isIntact(Buffer.alloc(1), sum)).toBe(false);
});
