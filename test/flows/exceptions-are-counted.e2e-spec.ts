import type { YizhanEvent } from '@yizhan/contracts';
import { Caller, type Claims } from '@yizhan/identity';
import { countedTypes, countOf } from '../../apps/command-centre/src/throughput/count.js';
import { LoggedEvent } from '../../apps/dispatch/src/events/logged-event.js';
import { maySee } from '../../apps/dispatch/src/events/may-see.js';
import { Timers } from '../../apps/station/src/timers/timers.js';
import { carrier, jindong } from '../support/network.js';
import { failed, idOf } from '../support/relay.js';
import { RelayOverHttp } from '../support/relay-over-http.js';
import { brokenRules } from '../support/verified.js';

let relay: RelayOverHttp;

beforeEach(async () => {
  relay = await RelayOverHttp.open();
});
afterEach(async () => {
  const broken = await brokenRules(relay.running);
  await relay.close();
  expect(broken).toEqual({});
});

async function wait(minutes: number): Promise<void> {
  relay.pass(minutes);
  const timers = relay.running.get(Timers);
  while ((await timers.fireDue()) > 0) await relay.running.drain();
}

/** By figure and split, as the command centre counts. */
function figuresOf(events: readonly YizhanEvent[]): Record<string, number> {
  const figures: Record<string, number> = {};
  for (const event of events) {
    if (!countedTypes.includes(event.type)) continue;
    const { figure, split } = countOf(event);
    const name = split === '' ? figure : `${figure} ${split}`;
    figures[name] = (figures[name] ?? 0) + 1;
  }
  return figures;
}

const seenBy = (claims: Omit<Claims, 'sub'>, event: YizhanEvent): boolean => {
  const { facts } = new LoggedEvent(Number(event.position), JSON.stringify(event));
  return facts !== undefined && maySee(new Caller({ ...claims, sub: 'somebody' }), facts);
};

test('a truck that left the normal path three times is in every figure, list and feed, and so are its exceptions', async () => {
  await relay.enrolOutside('O1');
  await relay.arrive('in', 'G1', 'O1');
  await relay.check('in', failed);
  await relay.check('in');
  await wait(250);
  const open = await relay.get('exceptions?state=open');
  expect(open.items).toMatchObject([{ code: 'no_driver' }, { code: 'stranded' }]);
  expect((await relay.get(`visits?stationCode=${jindong}&state=arrived`)).items).toHaveLength(1);

  await relay.enrol('R1');
  expect(await relay.accept('in')).toBe('R1');
  await relay.start('in');
  await relay.complete('in', 'O1');
  await relay.depart('in');
  expect((await relay.get('exceptions?state=open')).items).toEqual([]);
  expect((await relay.get(`visits?stationCode=${jindong}&state=departed`)).items).toMatchObject([
    { visitId: idOf('in') },
  ]);
  const events = await relay.running.events();
  expect(figuresOf(events)).toMatchObject({
    'arrived into_zone': 1,
    'departed swapped': 1,
    handoffs_completed: 1,
    'exceptions_opened check_failed': 1,
    'exceptions_opened no_driver': 1,
    'exceptions_opened stranded': 1,
    'exceptions_escalated no_driver': 2,
    'exceptions_resolved no_driver': 1,
    'exceptions_resolved stranded': 1,
    'exceptions_resolved check_failed': 1,
  });
  const ofExceptions = events.filter(({ type }) => type.startsWith('yizhan.exception.'));
  for (const event of ofExceptions) {
    expect(seenBy({ role: 'operator', stations: [jindong] }, event)).toBe(true);
    expect(seenBy({ role: 'carrier', carrierId: carrier }, event)).toBe(true);
    expect(seenBy({ role: 'carrier', carrierId: 'another' }, event)).toBe(false);
  }
  expect((await relay.history('in')).filter(({ type }) => type.startsWith('yizhan.exception.'))).toHaveLength(
    ofExceptions.length,
  );
});
