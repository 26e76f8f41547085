import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { headersOf } from './message.js';
import { keyOfSecret, newSecret, signatureOf } from './signature.js';

interface Vector {
  readonly secret: string;
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': number;
  readonly payload: string;
  readonly 'webhook-signature': string;
}

const file = join(process.cwd(), '../shared/data/standards/standard-webhooks/vectors.json');
const now = (): number => Math.floor(performance.timeOrigin / 1_000 + performance.now() / 1_000);
const body = JSON.stringify({ type: 'yizhan.visit.arrived.v1', data: { plate: '浙G12345' } });

const sent = (secrets: readonly string[], timestamp = now()) => ({
  body,
  headers: headersOf(
    { subscriptionId: 'one', keys: secrets.map(keyOfSecret), headers: [] },
    { id: 'event_one', body, number: 7 },
    timestamp,
  ),
});

test('the vectors of the specification are signed as it says', () => {
  if (!existsSync(file)) throw new Error(`${file} is missing: this test reads the vectors of Standard Webhooks`);
  const { positive } = JSON.parse(readFileSync(file, 'utf8')) as { positive: readonly Vector[] };
  expect(positive.length).toBeGreaterThan(0);
  for (const vector of positive) {
    const message = {
      id: vector['webhook-id'],
      timestamp: vector['webhook-timestamp'],
      body: vector.payload,
    };
    expect(signatureOf(message, [keyOfSecret(vector.secret)])).toBe(vector['webhook-signature']);
    expect(signatureOf(message, [keyOfSecret(vector.secret.replace('whsec_', ''))])).toBe(vector['webhook-signature']);
  }
});

test('a secret is written as the specification has it, and no two are the same', () => {
  expect(newSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(newSecret()).not.toBe(newSecret());
  for (const empty of ['', 'whsec_']) expect(() => keyOfSecret(empty)).toThrow('empty');
});

describe('the library of the specification for JavaScript', () => {
  const [newer, older, another] = [newSecret(), newSecret(), newSecret()];

  it('verifies what is sent, with each of two secrets', () => {
    const message = sent([newer, older]);
    expect(message.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    for (const secret of [newer, older])
      expect(new Webhook(secret).verify(body, message.headers)).toEqual(JSON.parse(body));
  });

  it('refuses another secret, another body, another id and another time', () => {
    const { headers } = sent([newer]);
    expect(() => new Webhook(another).verify(body, headers)).toThrow();
    expect(() => new Webhook(newer).verify(`${body} `, headers)).toThrow();
    expect(() => new Webhook(newer).verify(body, { ...headers, 'webhook-id': 'another' })).toThrow();
    expect(() => new Webhook(newer).verify(body, sent([newer], now() - 301).headers)).toThrow();
  });
});

test('the library of the specification for Python verifies what is sent', () => {
  const python = process.env['YIZHAN_PYTHON'] ?? 'python3';
  if (spawnSync(python, ['-c', 'import standardwebhooks']).status !== 0) {
    process.stderr.write(
      '\n  DID NOT RUN: the library of another language (`pip install standardwebhooks` brings it)\n\n',
    );
    return;
  }
  const [newer, older, another] = [newSecret(), newSecret(), newSecret()];
  const lines = [newer, older, another].map((secret) => JSON.stringify({ ...sent([newer, older]), secret }));
  const script = join(process.cwd(), 'test/contracts/verify_webhooks.py');
  const { stdout, stderr } = spawnSync(python, [script], { input: lines.join('\n'), encoding: 'utf8' });
  expect([stdout.trim().split('\n'), stderr]).toEqual([
    ['verified', 'verified', expect.stringMatching(/^refused/)],
    '',
  ]);
});
