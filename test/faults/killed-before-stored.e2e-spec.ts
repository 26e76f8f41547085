import { newSigningKey, publicKeyOf, TokenSigner } from '@yizhan/identity';
import { SystemClock } from '@yizhan/kernel';
import { servicePlaces } from '@yizhan/persistence';
import { KilledDispatch } from '../support/killed-dispatch.js';
import { type DispatchGround, openDispatchGround } from '../support/start-dispatch.js';
import { loopback, subscribe, tell, until } from '../support/subscribing.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

interface Shown {
  readonly number: number;
  readonly state: string;
  readonly isUnderWay: boolean;
}

/** No more than are in hand at once for an endpoint of which so little is known. */
const events = 30;
const all = events + 1;
let ground: DispatchGround;
let receiver: WebhookReceiver;
let dispatch: KilledDispatch | undefined;

jest.setTimeout(120_000);
beforeAll(async () => {
  ground = await openDispatchGround();
  receiver = await WebhookReceiver.open();
});
afterAll(async () => {
  await dispatch?.end();
  await ground.close();
  await receiver.close();
});

test('what was taken, and was not stored when its process was killed, comes again with its ids and numbers', async () => {
  const first = await ground.start({ webhooks: loopback });
  const { id } = await subscribe(first, receiver.url);
  await first.stop();
  const key = await newSigningKey();
  const token = await (await TokenSigner.of(key)).sign({ sub: 'administrator:test', role: 'administrator' }, 600);
  dispatch = new KilledDispatch({
    connection: ground.test.connection('dispatch'),
    schema: servicePlaces.dispatch.schema,
    keystore: ground.keystoreSettings,
    key: publicKeyOf(key),
    owner: 'to-be-killed',
    clock: { began: new SystemClock().now(), speed: 1 },
    lease: 4_000,
    within: 1_000,
  });
  const log = async (): Promise<Shown[]> => {
    const path = `${dispatch!.address}/api/v1/subscriptions/${id}/deliveries?limit=100`;
    const answer = await fetch(path, { headers: { authorization: `Bearer ${token}` } });
    return ((await answer.json()) as { items: Shown[] }).items;
  };
  await dispatch.start();
  const behind = await ground.test.open('dispatch');
  // Whatever it looks for at its start it has looked for.
  await tell(ground, 1);
  await until(async () => (await log()).some(({ state }) => state === 'delivered'));
  await behind.transaction(async (tx) => {
    // Nothing can be stored meanwhile, and everything be sent.
    await tx.rows('LOCK TABLE dispatch.deliveries IN SHARE MODE');
    await tell(ground, events);
    await until(() => receiver.messages.length === all);
    const shown = await log();
    expect(shown.map(({ number }) => number).toReversed()).toEqual(upTo(all));
    expect(new Set(shown.slice(0, events).map(({ state, isUnderWay }) => `${state} ${String(isUnderWay)}`))).toEqual(
      new Set(['pending true']),
    );
    await dispatch!.kill();
    // Its connections do not know yet that nobody is at the other end.
    await tx.rows(
      `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'to-be-killed-0' AND pid <> pg_backend_pid()`,
    );
    expect(await tx.rows('SELECT position FROM dispatch.deliveries')).toEqual([{ position: 1 }]);
  });
  await dispatch.start();
  await until(() => receiver.messages.length === all + events, 60);
  await until(async () => (await log()).every(({ state }) => state === 'delivered'));
  const sent = receiver.messages.map(({ headers }) => `${headers['webhook-id']} ${headers['yizhan-delivery-number']}`);
  expect(new Set(sent).size).toBe(all);
  expect((await log()).map(({ number }) => number).toReversed()).toEqual(upTo(all));
  expect(await behind.rows('SELECT 1 FROM dispatch.batches')).toEqual([]);
  expect(dispatch.said).toBe('');
});

const upTo = (count: number): number[] => Array.from({ length: count }, (_none, index) => index + 1);
