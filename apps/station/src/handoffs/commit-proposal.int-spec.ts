import { toIso } from '@yizhan/kernel';
import { openNetwork, outsideDriver, relayDriver } from '../../../../test/support/network.js';
import { propose } from '../../../../test/support/propose.js';
import { idOf, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';

let station: RunningStation;
let relay: Relay;
let decisions = 0;

async function proposeFor(
  visit: string,
  driverId: string,
  also: { epoch?: number; expiresAt?: string } = {},
): Promise<string> {
  const decisionId = idOf(`decision ${(decisions += 1)}`);
  await propose(station, {
    handoffId: await relay.handoffOf(visit),
    visitId: idOf(visit),
    driverId,
    decisionId,
    ...also,
  });
  return decisionId;
}

const verdicts = async () =>
  (await station.events()).flatMap((event) => {
    if (event.type === 'yizhan.handoff.assigned.v1')
      return [['assigned', (event.data as { driverId: string }).driverId]];
    if (event.type === 'yizhan.assignment.refused.v1') return [['refused', (event.data as { reason: string }).reason]];
    return [];
  });

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
  for (const truck of ['1', '2', '3']) {
    await outsideDriver(station, `O${truck}`);
    await relayDriver(station, `R${truck}`);
    await relay.arrive(`visit ${truck}`, `G${truck}`, `O${truck}`);
    await relay.check(`visit ${truck}`);
  }
});
afterAll(() => station.close());

test('a proposal is committed, or refused with the reason; it never fails', async () => {
  const decisionId = await proposeFor('visit 1', 'R1', { epoch: 2 });
  const [assigned] = await station.eventsOf('handoff.assigned');
  expect(assigned).toMatchObject({
    data: { driverId: 'R1', decisionId, assignedBy: 'scheduler', overrides: [] },
    causationid: (await station.eventsOf('assignment.proposed'))[0].id,
    correlationid: idOf('visit 1'),
  });
  await proposeFor('visit 2', 'R1', { epoch: 2 });
  await proposeFor('visit 1', 'R2', { epoch: 2 });
  await proposeFor('visit 2', 'O1', { epoch: 2 });
  await proposeFor('visit 2', 'nobody', { epoch: 2 });
  await proposeFor('visit 2', 'R2', { epoch: 2, expiresAt: toIso(station.clock.now() - 1) });
  expect(await verdicts()).toEqual([
    ['assigned', 'R1'],
    ['refused', 'busy'],
    ['refused', 'not_requested'],
    ['refused', 'side'],
    ['refused', 'driver_unknown'],
    ['refused', 'proposal_expired'],
  ]);
});

test('the older epoch is refused, whatever it proposes (ruling 10)', async () => {
  await proposeFor('visit 2', 'R2', { epoch: 1 });
  expect((await verdicts()).at(-1)).toEqual(['refused', 'stale_epoch']);
  await proposeFor('visit 2', 'R2', { epoch: 3 });
  expect((await verdicts()).at(-1)).toEqual(['assigned', 'R2']);
  await proposeFor('visit 3', 'R3', { epoch: 2 });
  expect((await verdicts()).at(-1)).toEqual(['refused', 'stale_epoch']);
});

test('what is for a handoff that nobody knows does nothing', async () => {
  const before = (await station.events()).length;
  await propose(station, {
    handoffId: idOf('none'),
    visitId: idOf('none'),
    driverId: 'R3',
    decisionId: idOf('none'),
    epoch: 3,
  });
  expect((await station.events()).length).toBe(before + 1);
  const parked = await station.database.rows('SELECT 1 FROM station.parked_events');
  expect(parked).toEqual([]);
});
