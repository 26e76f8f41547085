import { toIso } from '@yizhan/kernel';
import { area, enterprise, jindong, pujiang } from '../support/network.js';
import { idOf, passed, witness } from '../support/relay.js';
import { RelayOverHttp } from '../support/relay-over-http.js';
import { brokenRules } from '../support/verified.js';

const hour = 3_600_000;
const checks = [...passed, ...['route', 'credential', 'disinfection'].map((check) => ({ check, passed: true }))];

let relay: RelayOverHttp;

beforeEach(async () => {
  relay = await RelayOverHttp.open(undefined, 'cn-closure-2022');
});

afterEach(async () => {
  const broken = await brokenRules(relay.running);
  await relay.close();
  expect(broken).toEqual({});
});

/** With the health certificate that the closed zone asks for, of one batch. */
async function enrol(driverId: string, where: object = {}): Promise<void> {
  await relay.enrol(driverId, { ...where, onShift: false });
  const now = relay.running.clock.now();
  await relay.post(relay.commandCentre, `drivers/${driverId}/credentials`, {
    credential: 'health_certificate',
    issuer: '330782',
    batch: '20260302-1',
    validFrom: toIso(now),
    validUntil: toIso(now + 48 * hour),
  });
}

const outside = { insideZoneId: null, carrierId: 'carrier-1' };
const told = 'exceptions?state=open&code=driver_recalled';

test('8. R1’s health certificate is recalled while he drives: his run goes on to its end at a named place, his next handoff is blocked, who met him is listed, stations ahead are told', async () => {
  await enrol('R1');
  await relay.startShift('R1');
  for (const driverId of ['O1', 'O2']) await enrol(driverId, outside);
  for (const plate of ['G1', 'G2']) {
    const pass = { areaCode: area, countyCode: '330782', plate, route: 'yiwu', driverIds: [], poolAreaCode: area };
    await relay.post(relay.commandCentre, 'passes', pass);
  }
  await relay.arrive('in', 'G1', 'O1');
  await relay.check('in', checks);
  expect(await relay.accept('in')).toBe('R1');
  await relay.start('in');
  await relay.complete('in', 'O1');
  const swapped = (await relay.running.eventsOf('handoff.completed'))[0];
  await relay.depart('in', 'swapped', { runId: idOf('run') });
  relay.pass(40);
  await relay.post(relay.operator, `runs/${idOf('run')}/steps`, { step: 'reached', enterpriseId: enterprise });
  await relay.arrive('next', 'G2', 'O2', 'into_zone', pujiang);
  const { handoffId } = await relay.check('next', checks);
  const plannedStartAt = toIso(relay.running.clock.now() + 2 * hour);
  // He rests when he is back, which nobody knows yet.
  const overrides = [{ rule: 'hours', reason: 'rests_when_back' }];
  const ofPujiang = relay.http.as({ role: 'shift_lead', stations: [pujiang] });
  await relay.post(ofPujiang, `handoffs/${handoffId}/assignment`, { driverId: 'R1', plannedStartAt, overrides });

  await relay.post(relay.commandCentre, 'drivers/R1/credential-recalls', {
    credential: 'health_certificate',
    reason: 'positive',
    since: toIso(relay.running.clock.now() - 24 * hour),
    endsAt: { kind: 'station', id: jindong },
  });

  // What he has not begun is taken back.
  expect(await relay.visit('next')).toMatchObject({ handoffState: 'requested' });
  const [ended] = await relay.running.eventsOf('handoff.assignment_ended');
  expect(ended.data).toMatchObject({ handoffId, driverId: 'R1', reason: 'withdrawn' });

  // Who met him is listed, in the log and for those who follow it up; nobody else reads the list.
  const contacts = [
    { id: 'O1', as: 'offgoing', place: jindong, at: swapped.data.custodyAt, plate: 'G1' },
    { id: witness, as: 'witness', place: jindong, at: swapped.data.custodyAt, plate: 'G1' },
    { id: enterprise, as: 'host', place: enterprise, plate: 'G1' },
  ];
  const openRun = { runId: idOf('run'), plate: 'G1', endsAt: { kind: 'station', id: jindong } };
  const [traced] = await relay.running.eventsOf('driver.recall_traced');
  expect(traced.data).toMatchObject({
    handoffIds: [swapped.data.handoffId],
    visitIds: [idOf('in')],
    runIds: [idOf('run')],
    contacts,
    openRun,
    withdrawnHandoffId: handoffId,
  });
  const lead = relay.http.as({ role: 'shift_lead', stations: [jindong] });
  expect(await relay.get('drivers/R1/contacts', lead)).toMatchObject({ driverId: 'R1', contacts, openRun });
  expect((await relay.operator.get('/api/v1/drivers/R1/contacts')).status).toBe(403);
  const elsewhere = relay.http.as({ role: 'command_centre', areas: ['elsewhere'] });
  expect((await elsewhere.get('/api/v1/drivers/R1/contacts')).status).toBe(403);

  // The stations ahead are told: the one that his run comes back to, and the one that expected him.
  const { items } = (await relay.get(told)) as unknown as { items: readonly Record<string, unknown>[] };
  expect(items.map(({ stationCode, role, visitId, runId }) => ({ stationCode, role, visitId, runId }))).toEqual(
    expect.arrayContaining([
      { stationCode: jindong, role: 'shift_lead', visitId: undefined, runId: idOf('run') },
      { stationCode: pujiang, role: 'shift_lead', visitId: idOf('next'), runId: undefined },
    ]),
  );
  expect(items).toHaveLength(2);
  for (const { exceptionId, stationCode } of items) {
    const itsLead = relay.http.as({ role: 'shift_lead', stations: [String(stationCode)] });
    await relay.post(itsLead, `exceptions/${String(exceptionId)}/acknowledgement`);
  }

  // His next handoff is blocked.
  const byHand = await relay.try(relay.operator, `handoffs/${handoffId}/assignment`, { driverId: 'R1' });
  expect(byHand).toMatchObject({ status: 409, body: { code: 'DRIVER.NOT_ELIGIBLE', rule: 'credentials' } });

  // His run goes on to its end.
  await relay.arrive('out', 'G1', 'R1', 'out_of_zone');
  await relay.check('out', checks);
  expect(await relay.accept('out')).toBe('O1');
  await relay.start('out');
  await relay.complete('out', 'R1');
  await relay.depart('out');
  expect(await relay.get(`runs/${idOf('run')}`)).toMatchObject({ state: 'closed', how: 'returned' });
  const why = await relay.get(`handoffs/${handoffId}/why-not`);
  expect(why).toMatchObject({ kind: 'withheld', reasons: [{ rule: 'credentials', driverIds: ['R1'] }] });
});

test('a batch of certificates turns out bad: one request recalls it for everybody who holds it, and each is traced', async () => {
  for (const driverId of ['R1', 'R2']) await enrol(driverId);
  await enrol('O1', outside);
  const recall = { credential: 'health_certificate', issuer: '330782', batch: '20260302-1', reason: 'bad_reagent' };
  const lead = relay.http.as({ role: 'shift_lead', stations: [jindong] });
  expect(await relay.try(lead, 'credential-recalls', recall)).toMatchObject({ status: 403 });
  const elsewhere = relay.http.as({ role: 'command_centre', areas: ['elsewhere'] });
  expect(await relay.try(elsewhere, 'credential-recalls', recall)).toMatchObject({ status: 404 });
  expect(await relay.post(relay.commandCentre, 'credential-recalls', recall)).toEqual({
    recalled: 3,
    driverIds: ['O1', 'R1', 'R2'],
  });
  expect(await relay.running.eventsOf('driver.recall_traced')).toHaveLength(3);
  // Nobody expects them anywhere: the area is told.
  const { items } = (await relay.get(told)) as unknown as { items: readonly unknown[] };
  expect(items).toHaveLength(3);
  expect(items).toMatchObject([{ owner: area, role: 'command_centre' }, { owner: area }, { owner: area }]);
});
