import { ChangeAssignmentMode } from '../../apps/station/src/network/stations/change-assignment-mode.js';
import { jindong } from '../support/network.js';
import { RelayOverHttp } from '../support/relay-over-http.js';
import { brokenRules } from '../support/verified.js';

interface Shown {
  readonly state: string;
  readonly suggestions: readonly {
    readonly decisionId: string;
    readonly driverId: string;
    readonly alternatives: object[];
  }[];
}

let relay: RelayOverHttp;
const shown = async (handoffId: string): Promise<Shown> =>
  (await relay.get(`handoffs/${handoffId}`)) as unknown as Shown;

beforeEach(async () => {
  relay = await RelayOverHttp.open();
  await relay.enrolOutside('O1', 'O2');
  await relay.enrol('R1');
  await relay.enrol('R2');
  await changeMode('review');
});
afterEach(async () => {
  expect(await brokenRules(relay.running)).toEqual({});
  await relay.close();
});

const changeMode = (assignmentMode: 'auto' | 'review') =>
  relay.running
    .get(ChangeAssignmentMode)
    .execute(relay.running.request(`mode ${assignmentMode}`), { stationCode: jindong, assignmentMode });

it('what the scheduler proposes is kept for the operator, who confirms it or names another', async () => {
  await relay.arrive('first', 'G1', 'O1');
  const { handoffId = '' } = await relay.check('first');
  const { state, suggestions } = await shown(handoffId);
  expect([state, suggestions.length]).toEqual(['requested', 1]);
  const [{ decisionId, driverId }] = suggestions;
  const other = driverId === 'R1' ? 'R2' : 'R1';
  expect(
    await relay.try(relay.operator, `handoffs/${handoffId}/assignment`, { driverId: other, decisionId }),
  ).toMatchObject({ status: 409, body: { code: 'HANDOFF.NOT_SUGGESTED' } });
  await relay.post(relay.operator, `handoffs/${handoffId}/assignment`, { driverId, decisionId });
  const [assigned] = await relay.running.eventsOf('handoff.assigned');
  expect(assigned?.data).toMatchObject({ driverId, decisionId, assignedBy: 'operator' });
  expect((await shown(handoffId)).suggestions).toEqual([]);
  await relay.arrive('second', 'G2', 'O2');
  const second = await relay.check('second');
  const [suggested] = (await shown(second.handoffId ?? '')).suggestions;
  expect(suggested?.driverId).toBe(other);
  await relay.post(relay.operator, `handoffs/${second.handoffId}/assignment`, { driverId: other });
  const named = (await relay.running.eventsOf('handoff.assigned')).at(-1);
  expect(named?.data.decisionId).toBeUndefined();
});

it('nobody else is proposed while a suggestion stands, and one again once it does not', async () => {
  await relay.arrive('first', 'G1', 'O1');
  await relay.check('first');
  relay.pass(2);
  await relay.running.drain();
  expect(await relay.running.eventsOf('assignment.proposed')).toHaveLength(1);
  relay.pass(10);
  await relay.arrive('second', 'G2', 'O2');
  expect((await relay.running.eventsOf('handoff.suggested')).length).toBeGreaterThan(1);
  expect(await relay.running.eventsOf('handoff.assigned')).toEqual([]);
  await changeMode('auto');
  await relay.check('second');
  expect(await relay.running.eventsOf('handoff.assigned')).toHaveLength(1);
});
