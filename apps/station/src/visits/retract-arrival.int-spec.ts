import { drivenStretches } from '@yizhan/policy';
import {
  enterprise,
  jindong,
  openNetwork,
  outsideDriver,
  pujiang,
  relayDriver,
} from '../../../../test/support/network.js';
import { failed, idOf, Relay, truckOf } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { brokenRules } from '../../../../test/support/verified.js';
import { HoldCargo } from '../cargo/hold-cargo.js';
import { MoveCustody } from '../custody/move-custody.js';
import { loadDriverFacts } from '../drivers/driver-facts.repository.js';
import { EndShift } from '../drivers/end-shift.js';
import { StartShift } from '../drivers/start-shift.js';
import { AnnounceVisit } from './announce-visit.js';
import { CallVisit } from './call-visit.js';
import { CheckVisit } from './check-visit.js';
import { QueueVisit } from './queue-visit.js';
import { RetractArrival } from './retract-arrival.js';

let station: RunningStation;
let relay: Relay;

const driver = (id: string) => ({ kind: 'driver', id }) as const;
const problem = (kind: string, code: string) => expect.objectContaining({ kind, code }) as unknown;
const asked = (visit: string) => ({ visitId: idOf(visit), reason: 'did_not_occur' }) as const;

async function retract(visit: string) {
  await station.drain();
  return station.get(RetractArrival).execute(relay.next(), asked(visit));
}

const custodianOf = async (plate: string) =>
  (await station.database.rows('SELECT custodian_id FROM station.trucks WHERE plate = $1', [plate]))[0].custodian_id;

const factsOf = (driverId: string) => station.database.transaction((tx) => loadDriverFacts(tx, driverId));

/** He is on shift, whatever was before. */
async function startShift(driverId: string): Promise<void> {
  await station.database.rows('UPDATE station.drivers SET driving_since = NULL WHERE driver_id = $1', [driverId]);
  const [{ on }] = await station.database.rows(
    'SELECT shift_station_code IS NOT NULL AS on FROM station.drivers WHERE driver_id = $1',
    [driverId],
  );
  if (on) return;
  const endsAt = station.clock.now() + 12 * 3_600_000;
  await station.get(StartShift).execute(relay.next(), { driverId, stationCode: jindong, endsAt });
}

/** A truck that is based in the zone sets out with R1. */
async function setsOut(plate: string): Promise<void> {
  await station.get(MoveCustody).execute(relay.next(), {
    plate,
    from: { kind: 'enterprise', id: enterprise },
    to: driver('R1'),
    place: enterprise,
    reason: 'starts_inside',
    items: [],
    truck: truckOf(plate),
  });
}

beforeEach(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
  await Promise.all(['O1', 'O2'].map((driverId) => outsideDriver(station, driverId)));
  await relayDriver(station, 'R1', { hours: 12 });
});
afterEach(() => station.close());

test('the visit never was: truck and driver are free, and each comes with another, elsewhere', async () => {
  await relay.arrive('wrong', 'G1', 'O1');
  expect(await retract('wrong')).toMatchObject({ state: 'retracted', allowedSteps: [] });
  const [arrived] = await station.eventsOf('visit.arrived');
  expect((await station.eventsOf('record.retracted'))[0]).toMatchObject({
    subject: `visit/${idOf('wrong')}`,
    correlationid: idOf('wrong'),
    carrierid: arrived.carrierid,
    data: { retractedEventId: arrived.id, reason: 'did_not_occur', byId: 'operator:test' },
  });
  expect(await custodianOf('G1')).toBeNull();
  expect(await factsOf('O1')).not.toHaveProperty('stationCode');
  await expect(relay.arrive('wrong', 'G1', 'O1')).rejects.toEqual(problem('illegal_state', 'VISIT.ALREADY_RETRACTED'));
  await relay.arrive('right', 'G1', 'O2', 'into_zone', pujiang);
  await relay.swap('other', 'G2', 'O1', 'R1');
  await relay.depart('other');
  expect(await brokenRules(station)).toEqual({});
});

test('an announced truck that was waved in by mistake', async () => {
  const visitId = idOf('announced');
  await station.get(AnnounceVisit).execute(relay.next(), {
    visitId,
    stationCode: jindong,
    zoneId: 'yiwu',
    flow: 'into_zone',
    truck: truckOf('G1'),
    expectedAt: station.clock.now(),
    consignments: [],
  });
  await station.get(QueueVisit).execute(relay.next(), { visitId, queue: 'outside' });
  await station.get(CallVisit).execute(relay.next(), { visitId });
  await relay.arrive('announced', 'G1', 'O1');
  expect(await retract('announced')).toMatchObject({
    state: 'announced',
    allowedSteps: ['queue', 'call', 'end_call', 'arrive', 'cancel'],
  });
  await relay.arrive('announced', 'G1', 'O2');
  await retract('announced');
  await relay.arrive('announced', 'G1', 'O1');
  expect(await custodianOf('G1')).toBe('O1');
  expect(await brokenRules(station)).toEqual({});
});

test('who drove the truck before drives on, and his clock with him', async () => {
  await setsOut('Z1');
  const from = station.clock.now();
  station.clock.moveTo(from + 60 * 60_000);
  await relay.arrive('wrong', 'Z1', 'R1', 'out_of_zone');
  await retract('wrong');
  expect(await custodianOf('Z1')).toBe('R1');
  station.clock.moveTo(from + 90 * 60_000);
  await relay.arrive('right', 'Z1', 'R1', 'out_of_zone', pujiang);
  const { facts, stationCode } = await factsOf('R1');
  expect(stationCode).toBe(pujiang);
  const to = station.clock.now();
  expect(drivenStretches(facts.activity, to)).toEqual([{ from, to }]);
  expect(await brokenRules(station)).toEqual({});
});

const since: [what: string, happens: () => Promise<unknown>, code: string][] = [
  [
    'it waits inside',
    () => station.get(QueueVisit).execute(relay.next(), { visitId: idOf('v'), queue: 'inside' }),
    'VISIT.WENT_ON',
  ],
  ['it was called', () => station.get(CallVisit).execute(relay.next(), { visitId: idOf('v') }), 'VISIT.WENT_ON'],
  ['it has failed a check', () => relay.check('v', failed), 'VISIT.WENT_ON'],
  ['it waits for a driver', () => relay.check('v'), 'VISIT.WENT_ON'],
  [
    'its cargo is held',
    () => station.get(HoldCargo).execute(relay.next(), { visitId: idOf('v'), reasons: ['papers'] }),
    'VISIT.WENT_ON',
  ],
  ['it has left', () => relay.depart('v', { outcome: 'turned_away' }), 'VISIT.ALREADY_DEPARTED'],
];

test.each(since)('not where something depends on it: %s', async (_what, happens, code) => {
  await relay.arrive('v', 'G1', 'O1');
  await happens();
  await expect(retract('v')).rejects.toMatchObject({
    kind: 'illegal_state',
    code,
    details: { allowedSteps: expect.not.arrayContaining(['retract_arrival']) as unknown },
  });
  expect(await station.eventsOf('record.retracted')).toEqual([]);
});

test('not where custody has moved since, there and back', async () => {
  await relay.arrive('v', 'G1', 'O1');
  const parked = { kind: 'station', id: jindong } as const;
  await relay.move('G1', driver('O1'), parked, jindong, 'driver_ill');
  await expect(retract('v')).rejects.toEqual(problem('conflict', 'VISIT.WENT_ON'));
  await relay.move('G1', parked, driver('O1'), jindong, 'taken_up');
  await expect(retract('v')).rejects.toEqual(problem('conflict', 'VISIT.WENT_ON'));
});

test('not where an exception runs on the visit', async () => {
  await setsOut('Z1');
  await relay.arrive('v', 'Z1', 'R1', 'out_of_zone');
  await station.get(EndShift).execute(relay.next(), { driverId: 'R1' });
  await expect(retract('v')).rejects.toEqual(problem('conflict', 'VISIT.WENT_ON'));
});

test('after the swap it can only be compensated: handed back and turned away', async () => {
  await relay.swap('in', 'G1', 'O1', 'R1');
  await expect(retract('in')).rejects.toEqual(problem('illegal_state', 'VISIT.SWAP_IS_MADE'));
  await relay.move('G1', driver('R1'), driver('O1'), jindong, 'handed_back');
  await relay.depart('in', { outcome: 'turned_away' });
  await relay.arrive('again', 'G1', 'O2');
  expect(await brokenRules(station)).toEqual({});
});

test('an arrival that has closed a run can only be compensated: turned away, the run goes on as a new one', async () => {
  await relay.swap('in', 'G1', 'O1', 'R1');
  await relay.depart('in', { runId: idOf('run') });
  await relay.arrive('out', 'G1', 'R1', 'out_of_zone');
  await expect(retract('out')).rejects.toMatchObject({
    kind: 'conflict',
    code: 'VISIT.CLOSED_A_RUN',
    details: { runId: idOf('run') },
  });
  await relay.depart('out', { outcome: 'turned_away' });
  await relay.arrive('out again', 'G1', 'R1', 'out_of_zone', pujiang);
  expect(await brokenRules(station)).toEqual({});
});

test('once it is in the log, and then once', async () => {
  await relay.arrive('v', 'G1', 'O1');
  const request = relay.next();
  const execute = () => station.get(RetractArrival).execute(request, asked('v'));
  await expect(execute()).rejects.toEqual(problem('conflict', 'VISIT.ARRIVAL_NOT_LOGGED'));
  await station.drain();
  const [first, again] = [await execute(), await execute()];
  expect(again).toEqual(first);
  await expect(retract('v')).rejects.toEqual(problem('illegal_state', 'VISIT.ALREADY_RETRACTED'));
  expect(await station.eventsOf('record.retracted')).toHaveLength(1);
});

test('taking back and checking race: one of them comes too late', async () => {
  const winners = new Set<string>();
  for (let round = 0; round < 20; round += 1) {
    const visit = `race ${round}`;
    await relay.arrive(visit, `G${round}`, 'O1');
    await station.drain();
    const [retracting, checking] = [relay.next(), relay.next()];
    const retracts = () => station.get(RetractArrival).execute(retracting, asked(visit));
    const checks = () => station.get(CheckVisit).execute(checking, { visitId: idOf(visit), checks: failed });
    // Who asks first mostly has the lock first: they take turns at it.
    const checksFirst = round % 2 === 0 ? checks() : undefined;
    const [retracted, checked] = await Promise.allSettled([retracts(), checksFirst ?? checks()]);
    expect([retracted.status, checked.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    const lost = retracted.status === 'rejected' ? retracted : checked;
    expect(lost).toMatchObject({ reason: { kind: 'illegal_state' } });
    winners.add(retracted.status === 'fulfilled' ? 'retracted' : 'checked');
    if (checked.status === 'fulfilled') await relay.depart(visit, { outcome: 'turned_away' });
  }
  expect(await brokenRules(station)).toEqual({});
  expect([...winners].toSorted()).toEqual(['checked', 'retracted']);
});

test('taking back and ending the shift of who brings the truck race: no exception is left on a visit that never was', async () => {
  for (let round = 0; round < 10; round += 1) {
    const [visit, plate] = [`race ${round}`, `Z${round}`];
    await setsOut(plate);
    await relay.arrive(visit, plate, 'R1', 'out_of_zone');
    await station.drain();
    const [retracting, ending] = [relay.next(), relay.next()];
    await Promise.allSettled([
      station.get(RetractArrival).execute(retracting, asked(visit)),
      station.get(EndShift).execute(ending, { driverId: 'R1' }),
    ]);
    const left = await station.database.rows(
      `SELECT e.code FROM station.exceptions e JOIN station.visits v ON v.visit_id = e.visit_id
       WHERE v.state = 'retracted' AND e.state = 'open'`,
    );
    expect(left).toEqual([]);
    await station.database.rows('DELETE FROM station.exceptions');
    await station.database.rows(
      `UPDATE station.visits SET state = 'departed', departed_at = arrived_at WHERE state = 'arrived'`,
    );
    await station.database.rows(
      `UPDATE station.trucks SET custodian_kind = NULL, custodian_id = NULL, custody_at = NULL`,
    );
    await station.database.rows(`UPDATE station.runs SET state = 'closed', how = 'stayed' WHERE state = 'open'`);
    await startShift('R1');
  }
});
