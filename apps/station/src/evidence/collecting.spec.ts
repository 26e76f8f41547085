import { type Collected, nothingCollected } from './collected.js';
import { withEvidence } from './collecting.js';

const keys = (given: boolean) => ({ code: 'keys', given });
const waybill = { code: 'waybill', given: true };
const photo = (sha: string) => ({ stage: 'before', sha256: sha.repeat(64) });
const signed = (collected: Collected): Collected => ({
  ...collected,
  signatures: [{ role: 'offgoing', personId: 'O1', signedAt: '2026-03-02T00:00:00.000Z', method: 'link' }],
});

test('what comes later adds up, and replaces what was said of the same', () => {
  const first = withEvidence(nothingCollected, { items: [keys(false)], odometerKm: 10, photos: [photo('a')] });
  const then = withEvidence(first, { items: [keys(true), waybill], odometerKm: 12, photos: [photo('a'), photo('b')] });
  expect(then).toEqual({
    signatures: [],
    items: [keys(true), waybill],
    odometerKm: 12,
    photos: [photo('a'), photo('b')],
    reservations: [],
  });
  expect(withEvidence(then, {})).toEqual(then);
});

test('what has been signed stays; reservations and what was not there come to it', () => {
  const before = signed(withEvidence(nothingCollected, { items: [keys(true)], seal: { number: 'S1', intact: true } }));
  const more = withEvidence(before, { items: [waybill], fuelPercent: 50, reservations: [{ code: 'scratch' }] });
  expect(more).toMatchObject({ items: [keys(true), waybill], fuelPercent: 50, reservations: [{ code: 'scratch' }] });
  expect(withEvidence(before, { items: [keys(true)], seal: { number: 'S1', intact: true } })).toEqual(before);
  const refused = expect.objectContaining({ kind: 'conflict', code: 'EVIDENCE.SIGNED' }) as Error;
  expect(() => withEvidence(before, { items: [keys(false)] })).toThrow(refused);
  expect(() => withEvidence(before, { seal: { number: 'S2', intact: true } })).toThrow(refused);
});

test('there is an end to photos', () => {
  const photos = Array.from({ length: 101 }, (_, index) => ({ stage: `s${index}`, sha256: 'a'.repeat(64) }));
  expect(() => withEvidence(nothingCollected, { photos })).toThrow(
    expect.objectContaining({ kind: 'invalid', code: 'EVIDENCE.TOO_MUCH' }) as Error,
  );
});
