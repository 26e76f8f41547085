import { openNetwork, relayDriver } from '../../../../test/support/network.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { CreateAccount } from './create-account.js';
import { Pins } from './pins.js';
import { lockedFor } from './secret-tries.js';
import { SetSecret } from './set-secret.js';
import { SuspendAccount } from './suspend-account.js';

let station: RunningStation;
let asked = 0;
const another = () => station.request(`account ${(asked += 1)}`);
const pin = '482913';
const wrong = '000000';

/** In a transaction that is rolled back where the PIN is wrong, as in a use case. */
const sign = (personId: string, secret: string) =>
  station.database.transaction((tx) => station.get(Pins).assert(tx, personId, secret));

async function withPin(driverId: string): Promise<string> {
  const accountId = `driver:${driverId}`;
  await relayDriver(station, driverId);
  await station.get(CreateAccount).execute(another(), { accountId, role: 'driver', driverId });
  await station.get(SetSecret).execute(another(), { accountId, kind: 'pin', secret: pin });
  return accountId;
}

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
});
afterAll(() => station.close());

test('the right PIN passes, as often as it is given at once', async () => {
  const driver = await withPin('R1');
  await expect(Promise.all(Array.from({ length: 8 }, () => sign(driver, pin)))).resolves.toHaveLength(8);
});

test('wrong ones are counted through every rollback; after five the right one is locked too, for a quarter of an hour', async () => {
  const driver = await withPin('R2');
  for (let failures = 1; failures <= 5; failures += 1) {
    await expect(sign(driver, wrong)).rejects.toMatchObject({ kind: 'forbidden', code: 'PIN.WRONG' });
  }
  const locked = { kind: 'forbidden', code: 'PIN.LOCKED', details: { personId: driver, retryAfterSeconds: 900 } };
  await expect(sign(driver, pin)).rejects.toMatchObject(locked);
  station.clock.moveTo(station.clock.now() + lockedFor - 1_000);
  await expect(sign(driver, pin)).rejects.toMatchObject({ details: { retryAfterSeconds: 1 } });
  station.clock.moveTo(station.clock.now() + 1_000);
  await expect(sign(driver, pin)).resolves.toBeUndefined();
});

test('the right one gives all tries back', async () => {
  const driver = await withPin('R3');
  for (let round = 0; round < 2; round += 1) {
    for (let failures = 1; failures <= 4; failures += 1) {
      await expect(sign(driver, wrong)).rejects.toMatchObject({ code: 'PIN.WRONG' });
    }
    await expect(sign(driver, pin)).resolves.toBeUndefined();
  }
});

test('of twenty wrong ones at once five are tried', async () => {
  const driver = await withPin('R4');
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => sign(driver, wrong)));
  const codes = all.map((each) => (each.status === 'rejected' ? (each.reason as { code: string }).code : 'passed'));
  expect(codes.filter((code) => code === 'PIN.WRONG')).toHaveLength(5);
  expect(codes.filter((code) => code === 'PIN.LOCKED')).toHaveLength(15);
});

test('a new PIN begins with all tries', async () => {
  const driver = await withPin('R5');
  for (let failures = 1; failures <= 5; failures += 1) await sign(driver, wrong).catch(() => undefined);
  await expect(sign(driver, pin)).rejects.toMatchObject({ code: 'PIN.LOCKED' });
  await station.get(SetSecret).execute(another(), { accountId: driver, kind: 'pin', secret: '739204' });
  await expect(sign(driver, '739204')).resolves.toBeUndefined();
});

test('who has no PIN, or is suspended, cannot sign by one', async () => {
  await expect(sign('driver:nobody', pin)).rejects.toMatchObject({ kind: 'forbidden', code: 'PIN.NOT_SET' });
  const driver = await withPin('R6');
  await station.get(SuspendAccount).execute(another(), { accountId: driver, reason: 'left' });
  await expect(sign(driver, pin)).rejects.toMatchObject({ kind: 'forbidden', code: 'ACCOUNT.SUSPENDED' });
});

test('no hash of a PIN is stored that could be undone by trying all of them', async () => {
  const rows = await station.database.rows<{ pin_hash: string }>('SELECT pin_hash FROM station.accounts', []);
  expect(rows.length).toBeGreaterThan(0);
  for (const { pin_hash } of rows) expect(pin_hash).toMatch(/^scrypt\$14\$8\$1\$/);
});
