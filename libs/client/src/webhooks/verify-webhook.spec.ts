import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { verifyWebhook, WebhookRefused } from './verify-webhook.js';

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
const secret = newSecret();
const at = Date.parse('2026-03-02T00:00:00.000Z');
const now = (): number => at;

interface Signed {
  readonly headers: Record<string, string | undefined>;
  readonly body: string | Uint8Array;
}

/** Signed by the library of the specification. */
function signed(body: string, by: readonly string[] = [secret], time = at, id = 'msg_1'): Signed {
  const signature = by.map((each) => new Webhook(each).sign(id, new Date(time), body)).join(' ');
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(time / 1_000)),
    'webhook-signature': signature,
  };
  return { headers, body };
}

const fault = (message: Signed, secrets: string | string[] = secret): Promise<unknown> =>
  verifyWebhook(message, secrets, { now }).then(
    () => 'none',
    (error: unknown) => (error instanceof WebhookRefused ? error.fault : error),
  );

describe('a webhook', () => {
  it('is believed where the library of the specification has signed it, whatever it says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.uuid(), async (body, id) => {
        const message = signed(body, [secret], at, id);
        const bytes = new TextEncoder().encode(body);
        const wellFormed = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
        fc.pre(wellFormed === body);
        expect(await verifyWebhook(message, secret, { now })).toEqual({ id, body });
        expect((await verifyWebhook({ ...message, body: bytes }, secret, { now })).id).toBe(id);
      }),
    );
  });

  it('is not believed where one letter of it, its id or its time is another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), fc.nat(), async (body, place) => {
        const index = place % body.length;
        const other = body[index] === 'x' ? 'y' : 'x';
        const changed = body.slice(0, index) + other + body.slice(index + 1);
        expect(await fault({ ...signed(body), body: changed })).toBe('bad_signature');
      }),
    );
    const message = signed('{}');
    for (const [name, value] of [
      ['webhook-id', 'msg_2'],
      ['webhook-timestamp', String(at / 1_000 + 1)],
    ] as const)
      expect(await fault({ ...message, headers: { ...message.headers, [name]: value } })).toBe('bad_signature');
  });

  it('is believed while a secret is rotated, with either of the two', async () => {
    const newer = newSecret();
    for (const by of [[secret], [newer], [newer, secret]]) {
      expect(await fault(signed('{}', by), [newer, secret])).toBe('none');
    }
    expect(await fault(signed('{}', [newer, secret]), secret)).toBe('none');
    expect(await fault(signed('{}', [newSecret()]), [newer, secret])).toBe('bad_signature');
  });

  it('is believed for five minutes either way', async () => {
    expect(await fault(signed('{}', [secret], at - 300_000))).toBe('none');
    expect(await fault(signed('{}', [secret], at - 301_000))).toBe('too_old');
    expect(await fault(signed('{}', [secret], at + 300_000))).toBe('none');
    expect(await fault(signed('{}', [secret], at + 301_000))).toBe('too_new');
  });

  it.each([
    [{ 'webhook-id': '' }, 'no_signature'],
    [{ 'webhook-signature': undefined }, 'no_signature'],
    [{ 'webhook-timestamp': 'soon' }, 'bad_timestamp'],
    [{ 'webhook-timestamp': '-1' }, 'bad_timestamp'],
    [{ 'webhook-signature': 'v1,' }, 'bad_signature'],
    [{ 'webhook-signature': 'v1,%%%' }, 'bad_signature'],
    [{ 'webhook-signature': 'v2,AAAA' }, 'bad_signature'],
  ])('is refused with %j', async (headers, expected) => {
    const message = signed('{}');
    expect(await fault({ ...message, headers: { ...message.headers, ...headers } })).toBe(expected);
  });

  it('takes headers as fetch gives them', async () => {
    const message = signed('{}');
    expect(
      await verifyWebhook({ ...message, headers: new Headers(message.headers as Record<string, string>) }, secret, {
        now,
      }),
    ).toMatchObject({ id: 'msg_1' });
  });

  it.each([[[]], ['whsec_'], ['whsec_*'], [['']]])('cannot be verified with the secret %j', async (secrets) => {
    expect(await fault(signed('{}'), secrets)).toEqual(
      expect.objectContaining({ message: expect.stringContaining('secret') as string }),
    );
  });
});
