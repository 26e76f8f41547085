import { newSigningKey, publicKeyOf, type SigningKey } from '@yizhan/identity';
import { fromBase45, toBase45 } from './base45.js';
import { signSlip, slipPrefix, verifySlip } from './slip-code.js';
import type { SlipFacts } from './slip-facts.js';
import { digestOfItems } from './slip-payload.js';

const swap: SlipFacts = {
  kind: 'swap',
  handoffId: '01900000-aaaa-7bbb-8ccc-0123456789ab',
  stationCode: 'jindong',
  plate: '浙G12345',
  flow: 'into_zone',
  from: { kind: 'driver', id: 'driver-outside-0017' },
  toDriverId: 'driver-relay-0042',
  at: Date.parse('2026-03-02T00:06:00.123Z'),
  returnAt: Date.parse('2026-03-02T01:06:00Z'),
  seal: { number: 'S20260302-0001', intact: true },
  items: [
    { code: 'keys', given: true },
    { code: 'waybill', given: true },
    { code: 'cold_chain_log', given: true },
    { code: 'fuel_card', given: false },
  ],
};
const plan: SlipFacts = {
  kind: 'plan',
  handoffId: swap.handoffId,
  stationCode: 'PJ',
  plate: '沪A0D123',
  flow: 'out_of_zone',
  toDriverId: 'R1',
  at: swap.at,
  items: [],
};

let key: SigningKey;
let other: SigningKey;

beforeAll(async () => {
  key = await newSigningKey();
  other = await newSigningKey();
});

it.each([swap, plan])('what was signed is what is read: $kind', (facts) => {
  const verdict = verifySlip(signSlip(facts, key), [publicKeyOf(other), publicKeyOf(key)]);
  expect(verdict).toEqual({ isGenuine: true, kid: key.kid, facts });
});

it('is small enough for a code that a phone reads from paper, in characters that QR codes pack best', () => {
  const text = signSlip(swap, key);
  expect(text).toMatch(/^[0-9A-Z $%*+\-./:]+$/);
  expect(text.length).toBeLessThanOrEqual(400);
});

it('many items stand there by their digest', () => {
  const items = Array.from({ length: 40 }, (_, index) => ({ code: `spare-part-${index}`, given: index % 2 === 0 }));
  const text = signSlip({ ...swap, items }, key);
  expect(text.length).toBeLessThanOrEqual(420);
  const expected = { ...swap, items: [], itemsDigest: digestOfItems(items.toReversed()) };
  expect(verifySlip(text, [publicKeyOf(key)])).toMatchObject({ isGenuine: true, facts: expected });
});

it('a slip of another key is of nobody whom we know, also where it calls itself by our name', () => {
  const text = signSlip(swap, other);
  expect(verifySlip(text, [publicKeyOf(key)])).toEqual({ isGenuine: false, reason: 'unknown_key' });
  const forged = signSlip(swap, { ...other, kid: key.kid });
  expect(verifySlip(forged, [publicKeyOf(key)])).toEqual({ isGenuine: false, reason: 'bad_signature' });
});

it('any byte that is changed shows', () => {
  const bytes = fromBase45(signSlip(swap, key).slice(slipPrefix.length)) ?? new Uint8Array();
  expect(bytes.length).toBeGreaterThan(100);
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(verifySlip(slipPrefix + toBase45(changed), [publicKeyOf(key)]).isGenuine).toBe(false);
  }
});

it.each(['', 'hello', 'HC1:NCFOXN', 'YZ1:', 'YZ1:BB8', 'YZ1:lower', `YZ1:${'A'.repeat(4_000)}`])(
  '%j is no slip',
  (text) => {
    expect(verifySlip(text, [publicKeyOf(key)])).toEqual({ isGenuine: false, reason: 'no_slip' });
  },
);
