import { sqlState, readingFor } from '@yizhan/persistence';
import { area, carrier, openNetwork, outsideDriver, relayDriver } from '../../../../test/support/network.js';
import { idOf, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { GiveConsent } from '../consents/give-consent.js';
import { VisitRow } from '../visits/visit.entity.js';

let station: RunningStation;

beforeEach(async () => {
  station = await startStation();
  await openNetwork(station);
  await outsideDriver(station, 'O1');
  await relayDriver(station, 'R1');
  const relay = new Relay(station);
  await relay.swap('in', 'G1', 'O1', 'R1');
  await relay.depart('in', { runId: idOf('run') });
  await station.database.rows(
    `INSERT INTO station.passes (pass_id, area_code, plate, route, driver_ids, valid_from, state)
     VALUES ('330782000001', 'jinhua', 'G1', 'any', '{}', now(), 'issued')`,
  );
  await station
    .get(GiveConsent)
    .execute(station.request('consent'), { carrierId: carrier, areaCode: area, scope: 'standing' });
  await station.drain();
});
afterEach(() => station.close());

const asCarrier = <T extends object>(carrierId: string, sql: string, values: readonly unknown[] = []): Promise<T[]> =>
  readingFor(carrierId, () => station.database.rows<T>(sql, values));

const countOf = async (carrierId: string, table: string): Promise<number> => {
  const [row] = await asCarrier<{ count: number }>(carrierId, `SELECT count(*) AS count FROM ${table}`);
  return row.count;
};

const tables = ['carriers', 'trucks', 'visits', 'handoffs', 'runs', 'passes', 'consents'].map(
  (name) => `station.${name}`,
);

it.each([...tables, 'event_log.entries'])('a carrier reads its own rows of %s, and another one none', async (table) => {
  expect(await countOf(carrier, table)).toBeGreaterThan(0);
  for (const another of ['carrier-2', '', '%', `${carrier}"`]) expect(await countOf(another, table)).toBe(0);
});

it('a carrier reads every event of its visit, also what names no carrier', async () => {
  const sql = 'SELECT position FROM event_log.entries WHERE correlation_id = $1';
  const all = await station.database.rows(sql, [idOf('in')]);
  expect(await asCarrier(carrier, sql, [idOf('in')])).toEqual(all);
  expect(await asCarrier('carrier-2', sql, [idOf('in')])).toEqual([]);
});

it('nothing else is shown to it, and nothing can be changed', async () => {
  const refused = (sql: string): Promise<unknown> => asCarrier(carrier, sql).catch(sqlState);
  for (const table of ['drivers', 'personal_data', 'exceptions', 'enterprises', 'accounts', 'requests']) {
    expect([table, await refused(`SELECT count(*) FROM station.${table}`)]).toEqual([table, '42501']);
  }
  expect(await refused(`UPDATE station.trucks SET seal_number = 'x'`)).toBe('25006');
  expect(await refused(`SELECT set_config('transaction_read_only', 'off', true)`)).toBe('25001');
  const granted = await station.database.rows(
    `SELECT FROM pg_class WHERE relkind IN ('r', 'p', 'v') AND has_table_privilege('yizhan_carrier', oid, 'INSERT, UPDATE, DELETE')
       AND relnamespace::regnamespace::text IN ('station', 'event_log')`,
  );
  expect(granted).toEqual([]);
});

it('what may be read and has no policy is what everybody may know', async () => {
  const rows = await station.database.rows<{ name: string; secured: boolean }>(
    `SELECT c.oid::regclass::text AS name, c.relrowsecurity AS secured FROM pg_class c
     WHERE c.relkind IN ('r', 'p', 'v') AND c.relnamespace::regnamespace::text IN ('station', 'event_log')
       AND has_table_privilege('yizhan_carrier', c.oid, 'SELECT') ORDER BY 1`,
  );
  const secured = rows.filter(({ secured: isSecured }) => isSecured).map(({ name }) => name);
  expect(secured).toEqual(
    expect.arrayContaining([...tables.map((table) => table.replace('station.', '')), 'event_log.entries']),
  );
  expect(rows.filter(({ secured: isSecured }) => !isSecured).map(({ name }) => name)).toEqual([
    'areas',
    'policies',
    'report_templates',
    'stations',
    'truck_bodies',
    'zones',
  ]);
});

it('the role owns nothing, logs in nowhere, and is left with the transaction', async () => {
  const [role] = await station.database.rows(
    `SELECT rolcanlogin, rolsuper, rolbypassrls, (SELECT count(*) FROM pg_class WHERE relowner = r.oid) AS owned,
       pg_has_role('yizhan_station', oid, 'MEMBER') AS may_become, pg_has_role('yizhan_station', oid, 'USAGE') AS inherited
     FROM pg_roles r WHERE rolname = 'yizhan_carrier'`,
  );
  expect(role).toEqual({
    rolcanlogin: false,
    rolsuper: false,
    rolbypassrls: false,
    owned: 0,
    may_become: true,
    inherited: false,
  });
  const who = `SELECT current_user AS "user", current_setting('yizhan.carrier_id', true) AS carrier`;
  expect(await asCarrier(carrier, who)).toEqual([{ user: 'yizhan_carrier', carrier }]);
  await Promise.all(
    Array.from({ length: 40 }, async (_none, index) => {
      if (index % 2 === 0) await asCarrier(`carrier-${index}`, who);
      else expect(await station.database.rows(who)).toMatchObject([{ user: 'yizhan_station' }]);
    }),
  );
});

it('TypeORM reads as the carrier too, or not at all', async () => {
  const { database } = station;
  const find = () => database.read((manager) => manager.find(VisitRow));
  expect(await readingFor(carrier, find)).toHaveLength(1);
  expect(await readingFor('carrier-2', find)).toEqual([]);
  expect(await find()).toHaveLength(1);
  expect(() => readingFor(carrier, () => database.manager)).toThrow('a carrier is read for');
});
