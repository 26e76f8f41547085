import { history, type History } from './history.js';
import { at, type Fields } from './log-builder.js';
import { expectBroken, expectLegal } from './verdict.js';

const named = (...driverIds: string[]) => ({ driverIds });
const issued = (more: Fields = named('R1'), rules: Fields = {}): History =>
  history(rules).pass('issued', 'P1', 'G1', more);
const started = (told: History, driverId = 'R1'): History => told.ready('G1', 'O1').give('G1', driverId).start('G1');

it('covers whom it names, a pool, and who comes on it later', async () => {
  await expectLegal(started(issued()));
  await expectLegal(started(issued({ driverIds: [], poolAreaCode: 'A' })));
  await expectLegal(started(issued(named('R2')).pass('amended', 'P1', 'G1', named('R2', 'R1'))));
  await expectLegal(started(issued(named('R2')).pass('revoked', 'P1', 'G1', { reason: 'lost' })));
  await expectLegal(started(history()));
});

it('is needed where the policy asks for one', async () => {
  const required = { pass: 'required' };
  await expectLegal(started(issued(named('R1'), required)));
  await expectBroken(started(history(required)), 7, /R1 takes truck G1 into the zone without a pass/);
  const revoked = issued(named('R1'), required).pass('revoked', 'P1', 'G1', { reason: 'lost' });
  await expectBroken(started(revoked), 7, /without a pass/);
});

it('does not cover others, nor at another time', async () => {
  await expectBroken(started(issued(named('R2'))), 7, /pass P1 of truck G1 does not cover driver R1/);
  await expectBroken(started(issued({ ...named('R1'), validFrom: at('20:00') })), 7, /does not cover/);
  await expectBroken(started(issued({ ...named('R1'), validUntil: at('08:30') })), 7, /does not cover/);
});

it('is one for a truck, of known drivers, and is not changed once it is revoked', async () => {
  await expectBroken(issued().pass('issued', 'P2', 'G1', named('R1')), 7, /gets pass P2, but it has pass P1/);
  await expectBroken(issued(named('R9')), 7, /names driver R9, whom nobody has enrolled/);
  const revoked = issued().pass('revoked', 'P1', 'G1', { reason: 'lost' });
  await expectBroken(revoked.pass('amended', 'P1', 'G1', named('R2')), 7, /P1 is amended, but it is not issued/);
});

it('is known before an assignment names it', async () => {
  const told = history().ready('G1', 'O1').give('G1', 'R1', { passId: 'P9' });
  await expectBroken(told, 10, /names pass P9/);
});
