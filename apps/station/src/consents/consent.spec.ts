import { authorisationBy, type Consent, consentFor, lapsedOf, lapseOf } from './consent.js';

const consent = (more: Partial<Consent> = {}): Consent => ({
  consentId: 'c',
  carrierId: 'carrier-1',
  areaCode: 'jinhua',
  scope: 'standing',
  stationCode: null,
  flow: null,
  plate: null,
  givenBy: 'carrier:one',
  givenAt: 1_000,
  validUntil: null,
  revokedBy: null,
  revokedAt: null,
  ...more,
});

it.each([
  ['in force from the instant on at which it is given', {}, 1_000, undefined],
  ['not before', {}, 999, 'not_yet'],
  ['in force until its end', { validUntil: 2_000 }, 1_999, undefined],
  ['over at its end', { validUntil: 2_000 }, 2_000, 'ended'],
  ['over once it is revoked, whatever another clock says', { revokedAt: 2_000 }, 1_999, 'revoked'],
])('a consent is %s', (_, more, at, why) => {
  expect(lapseOf(consent(more), at)).toBe(why);
});

it('what is recorded late is judged by how things were then', () => {
  expect(lapseOf(consent({ revokedAt: 2_000 }), 1_999, true)).toBeUndefined();
  expect(lapseOf(consent({ revokedAt: 2_000 }), 2_000, true)).toBe('revoked');
});

it('the narrowest is used, and of these the newest', () => {
  const lane = consent({ consentId: 'lane', scope: 'lane', givenAt: 3_000 });
  const old = consent({ consentId: 'old', scope: 'truck' });
  const newer = consent({ consentId: 'newer', scope: 'truck', givenAt: 2_000 });
  const over = consent({ consentId: 'over', scope: 'truck', givenAt: 2_500, revokedAt: 2_600 });
  expect(consentFor([consent(), lane, old, newer, over], 5_000)?.consentId).toBe('newer');
  expect(consentFor([consent(), lane], 5_000)?.consentId).toBe('lane');
  expect(consentFor([over], 5_000)).toBeUndefined();
});

it('a handoff records which one it used, and a refusal which are over', () => {
  expect(authorisationBy(consent())).toEqual({
    carrierId: 'carrier-1',
    by: 'carrier:one',
    at: '1970-01-01T00:00:01.000Z',
    consentId: 'c',
  });
  expect(
    lapsedOf([consent(), consent({ consentId: 'r', revokedAt: 2_000 }), consent({ givenAt: 9_000 })], 5_000),
  ).toEqual([
    { consentId: 'r', scope: 'standing', why: 'revoked', since: '1970-01-01T00:00:02.000Z' },
    { consentId: 'c', scope: 'standing', why: 'not_yet' },
  ]);
});
