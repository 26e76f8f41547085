import { jindong, openNetwork, outsideDriver, relayDriver } from '../../../../test/support/network.js';
import { authorisationAt, completionOf, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { brokenRules } from '../../../../test/support/verified.js';
import { AbortHandoff } from '../handoffs/abort-handoff.js';
import { CompleteHandoff } from '../handoffs/complete-handoff.js';
import { StartHandoff } from '../handoffs/start-handoff.js';
import { SuspendStation } from '../network/stations/suspend-station.js';

const minute = 60_000;

let station: RunningStation;
let relay: Relay;

beforeEach(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
  await outsideDriver(station, 'O1');
  await relayDriver(station, 'R1');
  await relay.arrive('in', 'G1', 'O1');
  await relay.ready('in', 'R1');
});
afterEach(() => station.close());

/** As over HTTP: nobody says when it happens. */
function request(key: string) {
  return { key, caller: 'operator:test', hash: key };
}

/** Asks while somebody else holds `lock`, who lets go a minute later. */
async function afterWaitingFor<T>(lock: string, ask: () => Promise<T>): Promise<T> {
  const { clock, database } = station;
  let letGo = () => {};
  const released = new Promise<void>((resolve) => (letGo = resolve));
  let holds = () => {};
  const held = new Promise<void>((resolve) => (holds = resolve));
  const rival = database.transaction(async (tx) => {
    await tx.rows(lock);
    holds();
    await released;
  });
  await held;
  const asked = ask();
  asked.catch(() => undefined);
  await someoneWaits();
  clock.moveTo(clock.now() + minute);
  letGo();
  await rival;
  return asked;
}

async function someoneWaits(): Promise<void> {
  const waiting = `SELECT 1 FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()`;
  while ((await station.database.rows(waiting)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

const holdBays = `SELECT 1 FROM station.bays WHERE station_code = '${jindong}' FOR UPDATE`;
const holdStation = `SELECT 1 FROM station.stations WHERE station_code = '${jindong}' FOR UPDATE`;

async function start(): Promise<unknown> {
  const input = { handoffId: await relay.handoffOf('in'), bayCode: '1', authorisation: authorisationAt(0) };
  return station.get(StartHandoff).execute(request('start'), input);
}

async function instantOf(name: 'handoff.started' | 'handoff.completed' | 'handoff.aborted' | 'station.suspended') {
  const [event] = await station.eventsOf(name);
  return Date.parse(event.time);
}

test.each([
  ['its bay', holdBays],
  ['its station', holdStation],
])('a start that waits for %s starts when it has it', async (_whose, lock) => {
  await afterWaitingFor(lock, start);
  expect(await instantOf('handoff.started')).toBe(station.clock.now());
});

test('who leaves a bay is gone when nobody else can come in before him', async () => {
  await relay.start('in');
  const handoffId = await relay.handoffOf('in');
  const completion = completionOf('O1', 'R1', station.clock.now());
  await afterWaitingFor(holdBays, () =>
    station.get(CompleteHandoff).execute(request('complete'), { handoffId, ...completion }),
  );
  expect(await instantOf('handoff.completed')).toBe(station.clock.now());
});

test('who gives up in a bay likewise', async () => {
  await relay.start('in');
  const handoffId = await relay.handoffOf('in');
  await afterWaitingFor(holdBays, () =>
    station.get(AbortHandoff).execute(request('abort'), { handoffId, reason: 'unwell' }),
  );
  expect(await instantOf('handoff.aborted')).toBe(station.clock.now());
});

test('a station that is suspended while others start is suspended after them', async () => {
  await afterWaitingFor(holdStation, () =>
    station.get(SuspendStation).execute(request('suspend'), { stationCode: jindong, reason: 'snow' }),
  );
  expect(await instantOf('station.suspended')).toBe(station.clock.now());
  expect(await brokenRules(station)).not.toHaveProperty('8');
});
