import { toIso } from '@yizhan/kernel';
import { AbortHandoff } from '../../apps/station/src/handoffs/abort-handoff.js';
import { AcceptAssignment } from '../../apps/station/src/handoffs/accept-assignment.js';
import { AssignDriver } from '../../apps/station/src/handoffs/assign-driver.js';
import { StartHandoff } from '../../apps/station/src/handoffs/start-handoff.js';
import { WithdrawAssignment } from '../../apps/station/src/handoffs/withdraw-assignment.js';
import { CheckVisit } from '../../apps/station/src/visits/check-visit.js';
import { DepartVisit } from '../../apps/station/src/visits/depart-visit.js';
import { RegisterArrival } from '../../apps/station/src/visits/register-arrival.js';
import { carrier, jindong, openNetwork, outsideDriver, relayDriver, zone } from '../support/network.js';
import { idOf, passed, truckOf } from '../support/relay.js';
import { type RunningStation, startStation } from '../support/start-station.js';
import { verified } from '../support/verified.js';

const workers = 64;
/** `YIZHAN_TEST_FAULTS=full` is what is run by hand before a release; a change is tested with a tenth of it. */
const rounds = process.env.YIZHAN_TEST_FAULTS === 'full' ? 1_000 : 100;

jest.setTimeout(3_000_000);

/** Every worker asks at once over a connection of its own; nobody else may be refused for another reason than the rival. */
describe(`${workers} workers racing over ${rounds} rounds`, () => {
  let station: RunningStation;
  let asked = 0;
  const request = (caller = 'operator:test') => {
    asked += 1;
    return { ...station.request(`ask ${asked}`), caller };
  };

  beforeAll(async () => {
    station = await startStation({ poolSize: workers });
    await openNetwork(station);
    const each = Array.from({ length: workers }, (_, worker) => worker);
    await Promise.all(each.map((worker) => outsideDriver(station, `O${worker}`)));
  });

  afterAll(async () => {
    await station.close();
  });

  const race = async (attempt: (worker: number) => Promise<unknown>, refusals: readonly string[]): Promise<number> => {
    const results = await Promise.allSettled(Array.from({ length: workers }, (_, worker) => attempt(worker)));
    const winners = results.flatMap((result, worker) => (result.status === 'fulfilled' ? [worker] : []));
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [codeOf(result.reason)] : []));
    expect(winners).toHaveLength(1);
    expect([...new Set(reasons)].filter((reason) => !refusals.includes(reason))).toEqual([]);
    return winners[0];
  };
  const arrive = (visit: string, plate: string, driverId: string) =>
    station.get(RegisterArrival).execute(request(), {
      visitId: idOf(visit),
      stationCode: jindong,
      zoneId: zone,
      flow: 'into_zone',
      truck: truckOf(plate),
      carrierId: carrier,
      driverId,
      consignments: [],
    });
  const check = (visit: string) => station.get(CheckVisit).execute(request(), { visitId: idOf(visit), checks: passed });
  const handoffOf = async (visit: string): Promise<string> => {
    const [row] = await station.database.rows<{ handoff_id: string }>(
      'SELECT handoff_id FROM station.handoffs WHERE visit_id = $1 ORDER BY try_no DESC LIMIT 1',
      [idOf(visit)],
    );
    if (!row) throw new Error(`no handoff of ${visit}`);
    return row.handoff_id;
  };

  it('lets exactly one bring a truck in', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const winner = await race(
        (worker) => arrive(`truck ${round} ${worker}`, 'G-one', `O${worker}`),
        ['VISIT.TRUCK_ALREADY_HERE', 'CUSTODY.NOT_THE_CUSTODIAN', 'STATE.CHANGED_MEANWHILE'],
      );
      await station.get(DepartVisit).execute(request(), {
        visitId: idOf(`truck ${round} ${winner}`),
        outcome: 'turned_away',
        reasons: ['no_pass'],
      });
    }
  });

  it('lets exactly one have a driver, and then exactly one have a bay', async () => {
    const each = Array.from({ length: workers }, (_, worker) => worker);
    await Promise.all(
      each.map(async (worker) => {
        await relayDriver(station, `R${worker}`);
        await arrive(`visit ${worker}`, `G${worker}`, `O${worker}`);
        await check(`visit ${worker}`);
      }),
    );
    await relayDriver(station, 'R-one');
    const handoffs = await Promise.all(each.map((worker) => handoffOf(`visit ${worker}`)));
    for (let round = 0; round < rounds; round += 1) {
      const winner = await race(
        (worker) => station.get(AssignDriver).execute(request(), { handoffId: handoffs[worker], driverId: 'R-one' }),
        ['DRIVER.ALREADY_ASSIGNED'],
      );
      await station.get(WithdrawAssignment).execute(request(), { handoffId: handoffs[winner] });
    }

    const ready = async (worker: number): Promise<void> => {
      const handoffId = await handoffOf(`visit ${worker}`);
      handoffs[worker] = handoffId;
      await station.get(AssignDriver).execute(request(), { handoffId, driverId: `R${worker}` });
      await station.get(AcceptAssignment).execute(request(), { handoffId, driverId: `R${worker}` });
    };
    await Promise.all(each.map(ready));
    for (let round = 0; round < rounds; round += 1) {
      const winner = await race(
        (worker) => {
          const asking = request();
          const authorisation = { carrierId: carrier, by: 'dispatcher-1', at: toIso(asking.at) };
          return station
            .get(StartHandoff)
            .execute(asking, { handoffId: handoffs[worker], bayCode: '1', authorisation });
        },
        ['BAY.OCCUPIED'],
      );
      await station.get(AbortHandoff).execute(request(), { handoffId: handoffs[winner], reason: 'race' });
      await check(`visit ${winner}`);
      await ready(winner);
    }
  });

  it('has written a log that keeps the ten promises', async () => {
    const report = await verified(station);
    // Rule 9 wants a blocker from the scheduler, which does not run here.
    const broken = report.rules.filter(({ rule, violations }) => rule !== 9 && violations > 0);
    expect(broken.map(({ first }) => first)).toEqual([]);
    expect(report.events).toBeGreaterThan(rounds * 10);
  });
});

function codeOf(reason: unknown): string {
  return reason instanceof Error && 'code' in reason ? String(reason.code) : String(reason);
}
