import { HoldCargo } from '../../apps/station/src/cargo/hold-cargo.js';
import { ReleaseCargo } from '../../apps/station/src/cargo/release-cargo.js';
import { MoveCustody } from '../../apps/station/src/custody/move-custody.js';
import { AbortHandoff } from '../../apps/station/src/handoffs/abort-handoff.js';
import { DeclineAssignment } from '../../apps/station/src/handoffs/decline-assignment.js';
import { ReportNoShow } from '../../apps/station/src/handoffs/report-no-show.js';
import { WithdrawAssignment } from '../../apps/station/src/handoffs/withdraw-assignment.js';
import { PlanReturn } from '../../apps/station/src/runs/plan-return.js';
import { Timers } from '../../apps/station/src/timers/timers.js';
import { AnnounceVisit } from '../../apps/station/src/visits/announce-visit.js';
import { CallVisit } from '../../apps/station/src/visits/call-visit.js';
import { QueueVisit } from '../../apps/station/src/visits/queue-visit.js';
import { drivingOf } from '../support/driving.js';
import {
  carrier,
  enterprise,
  jindong,
  openNetwork,
  outsideDriver,
  pujiang,
  relayDriver,
  zone,
} from '../support/network.js';
import { failed, idOf, Relay, truckOf } from '../support/relay.js';
import { type RunningStation, startStation } from '../support/start-station.js';
import { verified } from '../support/verified.js';

const trucks = 24;
let station: RunningStation;
let relay: Relay;

/** Whether something out of the ordinary happens to a truck: decided by its name, one in `every`. */
function happens(what: string, truck: number, every: number): boolean {
  return parseInt(idOf(`${what} ${truck}`).slice(9, 13), 16) % every === 0;
}

async function announce(visit: string, truck: number): Promise<void> {
  const visitId = idOf(visit);
  await station.get(AnnounceVisit).execute(relay.next(), {
    visitId,
    stationCode: jindong,
    zoneId: zone,
    flow: 'into_zone',
    truck: truckOf(`G${truck}`),
    carrierId: carrier,
    expectedAt: station.clock.now() + 600_000,
    consignments: [],
  });
  await station.get(QueueVisit).execute(relay.next(), { visitId, queue: 'outside' });
  await station.get(CallVisit).execute(relay.next(), { visitId });
}

/** Assigned and accepted at last; on the way there assignments end in every way. */
async function manned(visit: string, truck: number, driverId: string): Promise<void> {
  const handoffId = await relay.handoffOf(visit);
  if (happens('decline', truck, 3)) {
    await relay.assign(visit, driverId);
    await station.get(DeclineAssignment).execute(relay.next(), { handoffId, driverId });
  }
  if (happens('no show', truck, 4)) {
    await relay.assign(visit, driverId);
    await relay.accept(visit, driverId);
    await station.get(ReportNoShow).execute(relay.next(), { handoffId });
  }
  if (happens('withdraw', truck, 5)) {
    await relay.assign(visit, driverId);
    await station.get(WithdrawAssignment).execute(relay.next(), { handoffId });
  }
  if (happens('expire', truck, 4)) {
    await relay.assign(visit, driverId);
    station.clock.moveTo(station.clock.now() + 301_000);
    await station.get(Timers).fireDue();
  }
  await relay.assign(visit, driverId);
  await relay.accept(visit, driverId);
}

async function swapped(
  visit: string,
  truck: number,
  from: Parameters<Relay['complete']>[1],
  to: string,
): Promise<void> {
  if (happens('fails', truck, 4)) await relay.check(visit, failed);
  await relay.check(visit);
  await manned(visit, truck, to);
  await relay.start(visit);
  if (happens('seal', truck, 5)) {
    await station
      .get(AbortHandoff)
      .execute(relay.next(), { handoffId: await relay.handoffOf(visit), reason: 'seal_mismatch' });
    await relay.check(visit);
    await manned(visit, truck, to);
    await relay.start(visit);
  }
  await relay.complete(visit, from, to);
  if (happens('held', truck, 4)) {
    const visitId = idOf(visit);
    await station.get(HoldCargo).execute(relay.next(), { visitId, reasons: ['papers'] });
    await relay.check(visit);
    await station.get(ReleaseCargo).execute(relay.next(), { visitId });
  }
  await relay.depart(visit);
}

async function wholeTrip(truck: number): Promise<void> {
  const [plate, brings, relays] = [`G${truck}`, `O${truck}`, `R${truck}`];
  const [into, out] = [`in ${truck}`, `out ${truck}`];
  if (happens('announced', truck, 2)) await announce(into, truck);
  await relay.arrive(into, plate, brings);
  if (happens('turned away', truck, 6)) {
    await relay.check(into, failed);
    await relay.depart(into, { outcome: 'turned_away', reasons: ['no_pass'] });
    await relay.arrive(`${into} again`, plate, brings);
    await swapped(`${into} again`, truck, brings, relays);
  } else await swapped(into, truck, brings, relays);
  const back = happens('other station', truck, 3) ? pujiang : jindong;
  const { runId } = await relay.arrive(out, plate, relays, 'out_of_zone', back);
  if (happens('parked', truck, 4)) {
    await relay.move(plate, { kind: 'driver', id: relays }, { kind: 'station', id: back }, back, 'nobody_there');
    await swapped(out, truck, { kind: 'station', id: back }, brings);
    return;
  }
  if (happens('other driver', truck, 4)) {
    await outsideDriver(station, `S${truck}`);
    await station
      .get(PlanReturn)
      .execute(relay.next(), { runId: runId!, returnDriverId: `S${truck}`, wait: 'other_truck' });
    await swapped(out, truck, relays, `S${truck}`);
    return;
  }
  await swapped(out, truck, relays, brings);
}

async function startsInside(truck: number): Promise<void> {
  const [plate, relays, brings] = [`Z${truck}`, `R${truck}`, `O${truck}`];
  await station.get(MoveCustody).execute(relay.next(), {
    plate,
    from: { kind: 'enterprise', id: enterprise },
    to: { kind: 'driver', id: relays },
    place: enterprise,
    reason: 'starts_inside',
    items: [],
    run: { runId: idOf(`run of ${plate}`), dueBackAt: station.clock.now() + 3_600_000 },
    truck: truckOf(plate),
  });
  await relay.arrive(`first ${plate}`, plate, relays, 'out_of_zone');
  await swapped(`first ${plate}`, truck, relays, brings);
  await relay.arrive(`back ${plate}`, plate, brings);
  await swapped(`back ${plate}`, truck, brings, relays);
}

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
  for (let truck = 0; truck < trucks + 3; truck += 1) {
    await outsideDriver(station, `O${truck}`);
    await relayDriver(station, `R${truck}`, { hours: 2_000 });
  }
});
afterAll(() => station.close());

test('whatever happens at the stations, the log keeps the ten rules', async () => {
  for (let truck = 0; truck < trucks; truck += 1) await wholeTrip(truck);
  for (let truck = trucks; truck < trucks + 3; truck += 1) await startsInside(truck);
  const report = await verified(station);
  expect(report.rules.filter(({ violations }) => violations > 0)).toEqual([]);
  expect(report.events).toBeGreaterThan(trucks * 20);
});

test('who drives, who holds a truck and what his hours are, the scheduler sees as the station has it', async () => {
  const driving = await drivingOf(station);
  expect(driving.scheduler).toEqual(driving.station);
  expect(
    Object.values(driving.station).filter(({ drivingSeconds24h }) => drivingSeconds24h > 0).length,
  ).toBeGreaterThan(0);
});
