import { setTimeout as pause } from 'node:timers/promises';
import { newSigningKey, publicKeyOf, TokenSigner } from '@yizhan/identity';
import { SystemClock } from '@yizhan/kernel';
import { servicePlaces } from '@yizhan/persistence';
import { CountingReceiver } from '../support/counting-receiver.js';
import { feedEvent } from '../support/feed-events.js';
import { KilledDispatch } from '../support/killed-dispatch.js';
import { followThrough, pullThrough, type Readings } from '../support/persistent-readers.js';
import { type DispatchGround, openDispatchGround } from '../support/start-dispatch.js';
import { loopback, subscribe, until } from '../support/subscribing.js';

/** `full` for what a release is tried with, nothing for what fits into every run. */
const isFull = process.env.YIZHAN_TEST_FAULTS === 'full';
const { events, kills, killEvery, mostRefusals } = isFull
  ? { events: 100_000, kills: 50, killEvery: 5_000, mostRefusals: 5 }
  : { events: 1_500, kills: 3, killEvery: 1_500, mostRefusals: 3 };
const batch = isFull ? 250 : 25;
const trucks = 40;
/** How much faster than the wall the product's clock runs: ten minutes are 2.5 s, and two hours 30 s. */
const speed = 240;
const tenMinutes = 600_000 / speed;
const lease = 6_000;
const within = 3_000;
const hour = 3_600;

jest.setTimeout(isFull ? 90 * 60_000 : 300_000);

let ground: DispatchGround;
let receivers: CountingReceiver[];
let dispatch: KilledDispatch | undefined;
let sequencing: { stop(): Promise<void> } | undefined;
beforeAll(async () => {
  ground = await openDispatchGround();
  receivers = await Promise.all(Array.from({ length: 5 }, () => CountingReceiver.open()));
});
afterAll(async () => {
  await dispatch?.end();
  await sequencing?.stop();
  await ground.close();
  for (const receiver of receivers) await receiver.close();
});

test(`${events} events reach ten subscribers through ${kills} kills, each in order who has asked for it`, async () => {
  const [plain, fifth, away, inOrder, another] = receivers;
  if (!plain || !fifth || !away || !inOrder || !another) throw new Error('there are five');
  const began = new SystemClock().now();
  const key = await newSigningKey();
  const signer = await TokenSigner.of(key);
  const token = await signer.sign({ sub: 'administrator:test', role: 'administrator' }, 2 * hour);
  // Endpoints prove themselves while nothing is killed.
  const first = await ground.start({ webhooks: loopback });
  for (const receiver of receivers) await subscribe(first, receiver.url, { ordered: receiver === inOrder });
  await first.stop();
  let asked = 0;
  // Not for ever the same one: its schedule ends after ten attempts, and waits for days before the last.
  fifth.decide = (refusals) => ((asked += 1) % 5 === 0 && refusals < mostRefusals ? 500 : 'takes');
  let awayUntil: number | undefined;
  away.decide = () => (performance.now() < (awayUntil ??= performance.now() + tenMinutes) ? 'resets' : 'takes');

  dispatch = new KilledDispatch({
    connection: ground.test.connection('dispatch'),
    schema: servicePlaces.dispatch.schema,
    keystore: ground.keystoreSettings,
    key: publicKeyOf(key),
    owner: 'killed',
    clock: { began, speed },
    lease,
    within,
  });
  await dispatch.start();
  sequencing = ground.sequenceOn(20);
  const headers = { authorization: `Bearer ${token}` };
  const read = Promise.all([
    ...Array.from({ length: 3 }, () => followThrough(dispatch!, headers, events)),
    ...Array.from({ length: 2 }, () => pullThrough(dispatch!, headers, events)),
  ]);
  // Events come for as long as there are kills.
  await Promise.all([write((kills * killEvery * batch) / events), killAgainAndAgain(dispatch)]);
  await until(() => receivers.every(({ taken }) => taken === events), isFull ? hour : 120).finally(tellOfReceivers);
  const readings = await readOrGivenUp(read, dispatch);

  for (const { positions, misplaced } of readings) expect([positions.size, misplaced]).toEqual([events, 0]);
  for (const receiver of receivers) {
    expect(receiver.faults(events)).toEqual({ missing: [], sharedIds: 0 });
    expect(receiver.unlike).toBe(0);
  }
  expect(inOrder.outOfOrder).toBe(0);
  expect(fifth.refused / fifth.received).toBeGreaterThan(0.15);
  expect(away.refused).toBeGreaterThan(0);
  expect(dispatch.said).toBe('');
});

/** At moments that are spread evenly between half and one and a half of the interval (by the golden ratio). */
async function killAgainAndAgain(killed: KilledDispatch): Promise<void> {
  while (killed.kills < kills) {
    await pause(killEvery * (0.5 + ((killed.kills * 0.618) % 1)));
    await killed.kill();
    await killed.start();
  }
}

/** @param every how long after each batch the next one comes, milliseconds */
async function write(every: number): Promise<void> {
  const begun = performance.now();
  for (let written = 0; written < events; written += batch) {
    await ground.write(
      Array.from({ length: batch }, (_none, index) => {
        const truck = (written + index) % trucks;
        const facts = { plate: `truck ${truck}`, subject: `visit/${truck}`, correlationId: `v${truck}` };
        return feedEvent('visit.queued', facts);
      }),
    );
    await pause(Math.max(0, begun + (written / batch + 1) * every - performance.now()));
  }
}

/** Readers are behind no schedule: who has not got everything by now does not get it. */
async function readOrGivenUp(read: Promise<Readings[]>, killed: KilledDispatch): Promise<Readings[]> {
  const giveUp = setTimeout(() => void killed.end(), 120_000);
  const readings = await read;
  clearTimeout(giveUp);
  for (const { positions, broken, fault } of readings) {
    if (isFull || positions.size < events) say(`${positions.size} read, ${broken} times broken off: ${String(fault)}`);
  }
  return readings;
}

/** For the report of a run by hand, and of one that did not come to its end. */
function tellOfReceivers(): void {
  if (!isFull && receivers.every(({ taken }) => taken === events)) return;
  for (const { taken, again, received, refused } of receivers)
    say(`${taken} taken, ${again} once more, of ${received} received, ${refused} refused`);
}

const say = (line: string): void => void process.stderr.write(`  ${line}\n`);
