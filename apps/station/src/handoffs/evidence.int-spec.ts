import { openNetwork, outsideDriver, relayDriver } from '../../../../test/support/network.js';
import { authorisationAt, Relay, signed } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import type { CaseAnswer } from '../cases/next-steps.js';
import { CancelVisit } from '../visits/cancel-visit.js';
import { StartHandoff } from './start-handoff.js';

let station: RunningStation;
let relay: Relay;
let accepted: CaseAnswer;
const minute = 60_000;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  await outsideDriver(station, 'O1');
  await relayDriver(station, 'R1');
  relay = new Relay(station);
  await relay.arrive('visit', 'truck', 'O1');
  await relay.check('visit', undefined, 'S1');
  await relay.assign('visit', 'R1');
  accepted = await relay.accept('visit', 'R1');
});
afterAll(() => station.close());

test('a step that is not open tells the same next steps as the answer before it', async () => {
  const { allowedSteps } = accepted;
  expect(allowedSteps).toEqual(expect.arrayContaining(['check', 'start']));
  await expect(relay.complete('visit', 'O1', 'R1')).rejects.toMatchObject({
    code: 'HANDOFF.NOT_STARTED',
    details: { state: 'accepted', allowedSteps },
  });
  const cancel = { visitId: accepted.visitId, reason: 'typed_wrongly' };
  await expect(station.get(CancelVisit).execute(relay.next(), cancel)).rejects.toMatchObject({
    code: 'VISIT.NOT_ANNOUNCED',
    details: { state: 'arrived', allowedSteps },
  });
});

test('nobody has agreed in the future', async () => {
  const handoffId = await relay.handoffOf('visit');
  const authorised = (later: number) => {
    const request = relay.next();
    const input = { handoffId, bayCode: '1', authorisation: authorisationAt(request.at + later) };
    return station.get(StartHandoff).execute(request, input);
  };
  await expect(authorised(minute + 1)).rejects.toMatchObject({
    kind: 'invalid',
    code: 'HANDOFF.AUTHORISED_IN_FUTURE',
  });
  expect(await authorised(minute)).toMatchObject({ handoffState: 'started' });
});

test.each([
  ['HANDOFF.SIGNED_IN_FUTURE', 10 * minute],
  ['HANDOFF.SIGNED_TOO_EARLY', -30 * minute],
])('a time that cannot be is %s', async (code, later) => {
  const signatures = signed('O1', 'R1', station.clock.now() + later);
  await expect(relay.complete('visit', 'O1', 'R1', { signatures })).rejects.toMatchObject({ kind: 'invalid', code });
});

test('a sealed truck is not completed without a look at its seal', async () => {
  await expect(relay.complete('visit', 'O1', 'R1')).rejects.toMatchObject({ kind: 'conflict', code: 'SEAL.MISSING' });
  const seal = { number: 'S1', intact: true };
  expect(await relay.complete('visit', 'O1', 'R1', { seal })).toMatchObject({ handoffState: 'completed' });
});
