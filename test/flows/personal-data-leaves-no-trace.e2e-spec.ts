import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { StartedProduct } from '../support/started-product.js';
import { dumpOf, filesWith, secretsIn } from '../support/traces.js';

jest.setTimeout(300_000);

const phone = '13912345678';
const identityNumber = '440524188001010014';
const name = '欧阳无痕';
const noteText = '司机说手机尾号五六七八';
const secrets = [phone, identityNumber, name, noteText];
/** Of who is erased. The other one stays, so that erasing one is seen not to touch him. */
const erased = 'driver:outside-0001';
const page = readFileSync(resolve(__dirname, '../../docs/first-handoff.md'), 'utf8');
const walk = [...page.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block).join('\n');
const visit = '019a9c00-0000-7000-8000-000000000001';

interface Answer {
  readonly status: number;
  readonly text: string;
}

let product: StartedProduct;
let token: string;
let keys = 0;
/** Whatever a caller, an operator of the machine or an auditor could get to see of the whole run. */
const seen: string[] = [];
/** Copies of the data directory and the keystore, made before anybody was erased. */
let backup: string;
let other: string;

beforeAll(async () => {
  const data = join(tmpdir(), `yizhan-no-trace-${randomUUID()}`);
  backup = `${data}-backup`;
  product = await StartedProduct.on(data, ['--scenario', 'yiwu'], { YIZHAN_LOG_LEVEL: 'trace' });
});

afterAll(async () => {
  await product.stop();
  for (const folder of [backup, `${backup}-keystore`]) rmSync(folder, { recursive: true, force: true });
});

/** With owners and rights: as root PostgreSQL runs as another user. */
function copy(from: string, to: string): void {
  expect(spawnSync('cp', ['-a', from, to]).status).toBe(0);
}

/** Starts it again on a data directory, with the keystore beside it or another one. */
async function startAgain(data = product.data, keystore = `${data}-keystore`): Promise<StartedProduct> {
  return StartedProduct.on(data, [], { YIZHAN_LOG_LEVEL: 'trace', YIZHAN_KEYSTORE_DIRECTORY: keystore });
}

async function ask(method: string, path: string, body?: unknown, of = product): Promise<Answer> {
  const answer = await fetch(`${of.address}/api/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'idempotency-key': `no-trace-${(keys += 1)}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** As `ask`; what is answered must not hold what was sent. */
async function askUnseen(status: number, path: string, body: unknown): Promise<void> {
  const answer = await ask('POST', path, body);
  expect([path, answer.status, answer.text]).toEqual([path, status, expect.anything()]);
  seen.push(answer.text);
}

async function relayDriver(): Promise<string> {
  const { text } = await ask('GET', 'drivers?shiftStationCode=jindong&limit=1');
  const { items } = JSON.parse(text) as { readonly items: readonly { readonly driverId: string }[] };
  return items[0]?.driverId ?? 'nobody';
}

const readPhone = (of: StartedProduct, personId = erased): Promise<Answer> =>
  ask('GET', `personal-data/${personId}`, undefined, of);

it('walks a relay, with the data of its drivers, and is told them in many wrong ways', async () => {
  const walked = await product.runBash(['set -eo pipefail', walk].join('\n'), { YIZHAN: product.address });
  expect([walked.code, walked.code === 0 ? '' : walked.stderr]).toEqual([0, '']);
  token = (await product.runBash('npx yizhan token --role administrator --name me')).stdout.trim();
  await askUnseen(200, `personal-data/${erased}`, { name, phone, identityNumber });
  other = `driver:${await relayDriver()}`;
  await askUnseen(200, `personal-data/${other}`, { name, phone, identityNumber });
  await askUnseen(201, `visits/${visit}/notes`, { text: noteText });
  await askUnseen(201, 'intakes', {
    stationCode: 'jindong',
    plate: '浙A00001',
    phone: '13900000001',
    carrierPhone: phone,
  });
  for (const body of [
    { phone, identityNumber: identityNumber.replace(/4$/, '5') },
    { phone: `${phone}9`, name },
    { phone, secret: identityNumber },
    { phone: { number: phone }, identityNumber: [identityNumber] },
    { name: `${name}\u0000${phone}` },
    `{"phone": "${phone}", "identityNumber": ${identityNumber}`,
    `"${phone}"`,
    [phone, identityNumber],
  ]) {
    await askUnseen(400, `personal-data/${erased}`, body);
  }
  await askUnseen(400, 'drivers', {
    driverId: phone,
    areaCode: 'yiwu',
    insideZoneId: null,
    licences: [],
    homeStationCode: 1,
  });
  await askUnseen(400, 'drivers', { driverId: phone, areaCode: 'yiwu', insideZoneId: null, licences: ['B2'] });
  await askUnseen(400, 'intakes', { stationCode: 'jindong', plate: '浙A00002', phone: identityNumber });
  await askUnseen(404, 'intakes', { stationCode: 'nowhere', plate: '浙A00002', phone });
  seen.push((await ask('GET', `drivers?limit=${phone}&after=${identityNumber}`)).text);
  seen.push((await ask('GET', `drivers?phone=${phone}`)).text);
});

it('shows them to who may read them', async () => {
  const { status, text } = await readPhone(product);
  expect([status, JSON.parse(text)]).toEqual([200, expect.objectContaining({ name, phone, identityNumber })]);
});

it('shows them in no log line, event, error or row', async () => {
  const exported = await product.runBash('npx yizhan export');
  expect(exported.code).toBe(0);
  const texts = {
    log: product.said(),
    answers: seen.join('\n'),
    events: exported.stdout,
    dump: await dumpOf(product.data),
  };
  // What must be there is found, or nothing would be proven by finding nothing.
  expect(secretsIn(texts.events, ['outside-0001'])).toEqual(['outside-0001']);
  expect(secretsIn(texts.dump, [erased])).toEqual([erased]);
  expect(
    Object.entries(texts).flatMap(([where, text]) => secretsIn(text, secrets).map((found) => [where, found])),
  ).toEqual([]);
});

it('keeps them in no file of the data directory and of the keystore, its write-ahead log among them', async () => {
  await product.end();
  copy(product.data, backup);
  copy(`${product.data}-keystore`, `${backup}-keystore`);
  expect(filesWith(`${product.data}/postgres/pg_wal`, ['outside-0001'])).not.toEqual([]);
  expect([...filesWith(product.data, secrets), ...filesWith(`${product.data}-keystore`, secrets)]).toEqual([]);
});

it('erases one of them, and nobody else', async () => {
  product = await startAgain();
  expect((await readPhone(product)).status).toBe(200);
  const answer = await ask('POST', `personal-data/${erased}/erasure`, { reason: 'asked_for_it' });
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('erasedAt')]);
  expect(await readPhone(product)).toEqual({ status: 410, text: expect.stringContaining('PERSONAL_DATA.ERASED') });
  expect((await readPhone(product, other)).status).toBe(200);
  const verified = await product.runBash('npx yizhan export | npx yizhan verify -');
  expect(verified.stdout).toMatch(/events: every rule holds\.$/m);
  expect(await dumpOf(product.data)).not.toContain(`(${erased},phone,`);
  await product.end();
  expect([...filesWith(product.data, secrets), ...filesWith(`${product.data}-keystore`, secrets)]).toEqual([]);
});

it('has erased him from an older backup of the database too', async () => {
  const restored = await startAgain(backup, `${product.data}-keystore`);
  try {
    expect((await readPhone(restored)).status).toBe(410);
    expect((await readPhone(restored, other)).status).toBe(200);
    expect(await dumpOf(backup)).toContain(`(${erased},phone,`);
  } finally {
    await restored.end();
  }
});

it('would have found him there with the keystore as it was', async () => {
  const restored = await startAgain(backup, `${backup}-keystore`);
  try {
    const { status, text } = await readPhone(restored);
    expect([status, JSON.parse(text)]).toEqual([200, expect.objectContaining({ phone, identityNumber })]);
  } finally {
    await restored.end();
  }
});
