import { encode } from 'cborg';
import fc from 'fast-check';
import { handoffOfSlip, isSlipText } from './slip-handoff.js';

const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** RFC 9285, the other way round. */
function base45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const pair = bytes.subarray(at, at + 2);
    let value = pair.length === 2 ? (pair[0] ?? 0) * 256 + (pair[1] ?? 0) : (pair[0] ?? 0);
    for (let count = 0; count <= pair.length; count += 1) {
      text += signs[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}

function slipOf(facts: Map<number, unknown>, tag = 0xd2): string {
  const message = encode([new Uint8Array([1]), new Map(), encode(facts), new Uint8Array(64)]);
  return `YZ1:${base45(Uint8Array.from([tag, ...message]))}`;
}

it('reads the handoff of any slip, whatever else stands on it', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.string({ maxLength: 80 }), (handoffId, plate) => {
      const id = Uint8Array.from(Buffer.from(handoffId.replaceAll('-', ''), 'hex'));
      const facts = new Map<number, unknown>([
        [0, 1],
        [2, id],
        [4, plate],
      ]);
      expect(handoffOfSlip(` ${slipOf(facts)}\n`)).toBe(handoffId);
    }),
  );
});

it.each(['', '浙A12345', 'https://example.org', 'YZ1:', 'YZ1:BB8', 'YZ1:lower', `YZ1:${'A'.repeat(4_000)}`])(
  'takes %j for no slip',
  (text) => expect(handoffOfSlip(text)).toBeUndefined(),
);

it('takes a message without a handoff, or of another kind, for no slip', () => {
  expect(handoffOfSlip(slipOf(new Map([[2, new Uint8Array(4)]])))).toBeUndefined();
  expect(handoffOfSlip(slipOf(new Map([[1, 1]])))).toBeUndefined();
  expect(handoffOfSlip(slipOf(new Map([[2, new Uint8Array(16)]]), 0xd1))).toBeUndefined();
});

it('never fails, whatever a code says', () => {
  fc.assert(
    fc.property(fc.string(), fc.boolean(), (text, isLikeOne) => {
      expect(() => handoffOfSlip(isLikeOne ? `YZ1:${text.toUpperCase()}` : text)).not.toThrow();
    }),
  );
  expect([isSlipText(' YZ1:X'), isSlipText('浙A1')]).toEqual([true, false]);
});
