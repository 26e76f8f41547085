import { Webhook } from 'standardwebhooks';
import {
  type DispatchGround,
  type DispatchProcess,
  openDispatchGround,
} from '../../../../test/support/start-dispatch.js';
import { administrator, loopback, subscribe, tell, until } from '../../../../test/support/subscribing.js';
import { WebhookReceiver } from '../../../../test/support/webhook-receiver.js';

let ground: DispatchGround;
let dispatch: DispatchProcess;
let receiver: WebhookReceiver;

beforeEach(async () => {
  ground = await openDispatchGround();
  dispatch = await ground.start({ webhooks: loopback, delivery: { lookEvery: 50 } });
  receiver = await WebhookReceiver.open();
});
afterEach(async () => {
  expect(dispatch.faults).toEqual([]);
  await ground.close();
  await receiver.close();
});

const told = (count: number, facts?: Parameters<typeof tell>[2]) => tell(ground, count, facts);

describe('a delivery', () => {
  it('is the document of the log, signed, with a number of its own', async () => {
    const { id, secret } = await subscribe(dispatch, receiver.url);
    await told(700);
    await until(() => receiver.messages.length >= 700);
    const log = await ground.log();
    expect(receiver.messages.map(({ body }) => body).toSorted()).toEqual(log.toSorted());
    expect(receiver.numbers.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 700 }, (_none, index) => index + 1),
    );
    const webhook = new Webhook(secret);
    for (const { headers, body } of receiver.messages) {
      expect(webhook.verify(body, { ...headers })).toEqual(JSON.parse(body));
      expect(headers['webhook-id']).toBe(`${(JSON.parse(body) as { id: string }).id}_${id}`);
    }
    await until(async () => {
      const { body } = await dispatch.ask(administrator, `/api/v1/subscriptions/${id}`);
      return (body as unknown as { pending: number }).pending === 0;
    });
    const { body } = await dispatch.ask(administrator, `/api/v1/subscriptions/${id}/deliveries?limit=1`);
    expect(body).toMatchObject({
      items: [
        { position: '700', number: 700, state: 'delivered', tries: 1, attempts: [{ status: 204 }], isUnderWay: false },
      ],
    });
  });

  it('of 20 kB and more goes without its data, which lies where it says', async () => {
    await subscribe(dispatch, receiver.url);
    await told(1, () => ({ padding: 10_000 }));
    await until(() => receiver.messages.length === 1);
    const [{ body }] = receiver.messages;
    expect(Buffer.byteLength(body)).toBeLessThan(20_000);
    const { dataref, ...envelope } = JSON.parse(body) as { dataref: string };
    const whole = await dispatch.ask(administrator, dataref);
    expect((whole.body as unknown as { events: object[] }).events).toEqual([expect.objectContaining(envelope)]);
    expect(whole.text).toContain('浙'.repeat(10_000));
  });
});
