import { history, type History } from './history.js';
import { at, type Fields } from './log-builder.js';
import { expectBroken, expectLegal } from './verdict.js';

const given = (more: Fields = {}): History => history().consent('K1', more);
const started = (told: History, consentId = 'K1'): History =>
  told
    .ready('G1', 'O1')
    .give('G1', 'R1')
    .start('G1', 'B1', { authorisation: { carrierId: 'C1', by: 'carrier:C1', at: at('08:00'), consentId } });

it.each([
  ['all trucks', {}],
  ['a lane of the area', { scope: 'lane', flow: 'into_zone' }],
  ['a lane of the station', { scope: 'lane', flow: 'into_zone', stationCode: 'JD' }],
  ['the truck', { scope: 'truck', plate: 'G1' }],
  ['a time that is not over', { validUntil: at('20:00') }],
])('a handoff starts with consent for %s', async (_, more) => {
  await expectLegal(started(given(more)));
});

it('a revocation acts on what starts after it', async () => {
  await expectLegal(started(given()).revokeConsent('K1').wait(300).complete('G1'));
  await expectBroken(started(given().revokeConsent('K1')), 7, /consent K1, which was revoked at/);
});

it.each([
  ['nobody has given', {}, /consent K2, which nobody has given/],
  ['another carrier gave', { carrierId: 'C2' }, /which is of carrier C2/],
  ['is for another truck', { scope: 'truck', plate: 'G2' }, /not about truck G1 there/],
  ['is for the other way', { scope: 'lane', flow: 'out_of_zone' }, /not about truck G1 there/],
  ['is for another station', { scope: 'lane', flow: 'into_zone', stationCode: 'PJ' }, /not about truck G1 there/],
  ['is over', { validUntil: at('08:00') }, /which was over at/],
  ['is given later', { givenAt: at('20:00') }, /which is given later/],
])('no handoff starts with a consent that %s', async (what, more, says) => {
  await expectBroken(started(given(more), what === 'nobody has given' ? 'K2' : 'K1'), 7, says);
});

it('a consent is given once, and revoked once', async () => {
  await expectBroken(given().consent('K1'), 7, /K1 is given twice/);
  await expectBroken(given().revokeConsent('K1').revokeConsent('K1'), 7, /K1 is revoked twice/);
  await expectBroken(history().revokeConsent('K1'), 7, /nobody has given it/);
});
