import fc from 'fast-check';
import { fromBase45, toBase45 } from './base45.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

it.each([
  ['AB', 'BB8'],
  ['Hello!!', '%69 VD92EX0'],
  ['base-45', 'UJCLQE7W581'],
  ['ietf!', 'QED8WEX0'],
])('writes %s as RFC 9285 does', (plain, encoded) => {
  expect(toBase45(bytesOf(plain))).toBe(encoded);
  expect(fromBase45(encoded)).toEqual(bytesOf(plain));
});

it('gives back any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => expect(fromBase45(toBase45(bytes))).toEqual(bytes)),
  );
});

it.each(['A', 'GGW1', ':::', 'ZZ', 'bb8', 'ÜÜ8'])('refuses %j', (text) => {
  expect(fromBase45(text)).toBeUndefined();
});
