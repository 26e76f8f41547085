import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { YizhanEvent } from '@yizhan/contracts';
import { TokenSigner } from '@yizhan/identity';
import type { ManualClock } from '@yizhan/kernel';
import { pino } from 'pino';
import { planReplay } from '../../apps/yizhan/src/replay/plan-replay.js';
import { runReplay } from '../../apps/yizhan/src/replay/run-replay.js';
import { DataDirectory } from '../../apps/yizhan/src/runtime/data/data-directory.js';
import { Runtime } from '../../apps/yizhan/src/runtime/runtime.js';
import { RuntimeWorld } from '../../apps/yizhan/src/runtime/runtime-world.js';
import { yiwu } from '../../apps/yizhan/src/scenario/yiwu.js';
import { RegisterArrival } from '../../apps/station/src/visits/register-arrival.js';
import { DepartVisit } from '../../apps/station/src/visits/depart-visit.js';
import { RetractArrival } from '../../apps/station/src/visits/retract-arrival.js';
import { idOf } from '../support/relay.js';
import { ReportReference } from '../support/report-reference.js';

jest.setTimeout(180_000);

const folder = mkdtempSync(join(tmpdir(), 'reports-'));
const hour = 3_600_000;
const stations = yiwu.stations.map(({ code }) => code);
let runtime: Runtime;
let token: string;
let reference: ReportReference;
let events: YizhanEvent[];

/** A morning in which much goes wrong, played to its end in front of the product; then what no replay does. */
beforeAll(async () => {
  const plan = await planReplay({
    file: passages(),
    scenario: scenario(),
    speed: 'max',
    seed: '7',
    out: join(folder, 'out'),
  });
  runtime = await Runtime.start({
    directory: new DataDirectory(join(folder, 'data')),
    clock: plan.clock,
    ids: plan.ids,
    database: 'embedded',
    isDurable: false,
    mode: 'stepped',
    what: 'test',
    log: pino({ level: 'silent' }),
    tell: () => undefined,
  });
  const world = new RuntimeWorld(runtime);
  const { eventsFile } = await runReplay(world, plan);
  expect(readFileSync(eventsFile, 'utf8').length).toBeGreaterThan(1_000);
  await whatNoReplayDoes(world, plan.clock as ManualClock);
  const entries = await world.reader.after(0, 100_000);
  events = entries.flatMap((entry) => ('event' in entry ? [entry.event] : []));
  reference = new ReportReference(events, 4 * hour);
  token = await (await TokenSigner.of(runtime.signingKey)).sign({ sub: 'test', role: 'administrator' }, 3_600);
});

afterAll(async () => {
  await runtime?.stop();
  rmSync(folder, { recursive: true });
});

function passages(): string {
  const rows = Array.from({ length: 36 }, (_, index) => {
    const minutes = String((index * 7) % 60).padStart(2, '0');
    return `2016-10-19 1${index % 3}:${minutes}:3${index % 10},${index % 3 === 0 ? 3 : 1},1,${index % 8},0,1`;
  });
  const file = join(folder, 'passages.csv');
  writeFileSync(file, ['time,tollgate_id,direction,vehicle_model,has_etc,vehicle_type', ...rows, ''].join('\n'));
  return file;
}

function scenario(): string {
  const relayDrivers = yiwu.zones[0]?.stations.map((station) => {
    return { station, zone: 'yiwu', licence: 'A2', count: 8, shift: { from: '06:00', hours: 12 } };
  });
  const wrong = { decline: 0.2, noShow: 0.1, checkFails: 0.3, hold: 0.2, sealMismatch: 0.1, nobodyThere: 0.2 };
  const file = join(folder, 'scenario.json');
  const rates = { ...yiwu.rates, ...wrong };
  const oneBay = yiwu.stations.map((station) => ({ ...station, bays: 1 }));
  writeFileSync(file, JSON.stringify({ ...yiwu, id: 'reports', stations: oneBay, relayDrivers, rates }));
  return file;
}

/** A typing error that is taken back, a truck that is sent elsewhere, one without and one with a reason that is turned away, one that waits for hours. */
async function whatNoReplayDoes(world: RuntimeWorld, clock: ManualClock): Promise<void> {
  const use = runtime.application.get;
  const [driver, other] = await freeDrivers();
  let asked = 0;
  const request = () => ({ key: `also ${(asked += 1)}`, caller: 'test', hash: String(asked) });
  const arrive = (visit: string, driverId: string) =>
    use(RegisterArrival).execute(request(), {
      visitId: idOf(visit),
      stationCode: 'jindong',
      zoneId: 'yiwu',
      flow: 'into_zone',
      truck: { plate: `浙G9${visit}`, plateColour: 'yellow', licenceRequired: 'A2' },
      driverId,
      consignments: [],
    });
  await arrive('typo', driver);
  await world.drain();
  await use(RetractArrival).execute(request(), { visitId: idOf('typo'), reason: 'did_not_occur' });
  await arrive('elsewhere', driver);
  clock.moveTo(clock.now() + 60_000);
  await use(DepartVisit).execute(request(), {
    visitId: idOf('elsewhere'),
    outcome: 'redirected',
    reasons: ['queue_full'],
  });
  await arrive('nopass', driver);
  await arrive('waits', other);
  clock.moveTo(clock.now() + 60_000);
  const reasons = ['no_pass', 'no_appointment'];
  await use(DepartVisit).execute(request(), { visitId: idOf('nopass'), outcome: 'turned_away', reasons });
  clock.moveTo(clock.now() + 5 * hour);
  await arrive('silent', driver);
  clock.moveTo(clock.now() + 60_000);
  await use(DepartVisit).execute(request(), { visitId: idOf('silent'), outcome: 'turned_away' });
  await world.drain();
}

/** Two from outside who hold no truck any more. */
async function freeDrivers(): Promise<[string, string]> {
  const rows = await runtime.services.portsOf('station').database.rows<{ driver_id: string }>(
    `SELECT driver_id FROM station.drivers d WHERE inside_zone_id IS NULL
     AND NOT EXISTS (SELECT FROM station.trucks t WHERE t.custodian_kind = 'driver' AND t.custodian_id = d.driver_id)
     ORDER BY driver_id LIMIT 2`,
  );
  return [rows[0].driver_id, rows[1].driver_id];
}

async function get(path: string) {
  const answer = await runtime.application.app.inject({ url: path, headers: { authorization: `Bearer ${token}` } });
  expect([path, answer.statusCode]).toEqual([path, 200]);
  return answer.json();
}

const china = '+08:00';
const day = { from: `2016-10-19T00:00:00${china}`, to: `2016-10-20T00:00:00${china}` };
/** To the end of all that was played. */
const days = { from: day.from, to: `2016-10-23T00:00:00${china}` };
/** The whole day, shifts that cut through visits, runs and exceptions, and a night with nothing in it. */
const periods = [
  day,
  days,
  ...['10:00', '10:20', '10:40', '11:00', '11:30', '12:00', '13:00'].map((from, index, all) => ({
    from: `2016-10-19T${from}:00${china}`,
    to: `2016-10-19T${all[index + 1] ?? '23:00'}:00${china}`,
  })),
  { from: `2016-10-18T00:00:00${china}`, to: `2016-10-18T20:00:00${china}` },
];

const places = [
  ...stations.map((code) => ({ path: `stations/${code}`, isOurs: (station: string) => station === code })),
  { path: 'areas/yiwu', isOurs: () => true },
];

const query = ({ from, to }: typeof day) => `from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;

it.each(places)('the figures of $path are those of a plain fold over the log', async ({ path, isOurs }) => {
  for (const period of periods) {
    const report = await get(`/api/v1/${path}/reports/daily?${query(period)}`);
    const now = Date.parse(report.asOf);
    const expected = reference.daily(isOurs, Date.parse(period.from), Date.parse(period.to), now);
    const { stranded, ...total } = report.total;
    const shown = stranded.map(({ plate, waitedSeconds }: { plate: string; waitedSeconds: number }) => ({
      plate,
      waitedSeconds,
    }));
    expect({ period, ...total, stranded: shown }).toEqual({ period, ...expected });
    for (const way of ['into_zone', 'out_of_zone'] as const) {
      expect(total.presentAtStart[way] + total.arrived[way] - total.departed[way]).toBe(total.presentAtEnd[way]);
    }
  }
});

it('they have every kind of thing that a report tells', async () => {
  const { total } = await get(`/api/v1/areas/yiwu/reports/daily?${query(days)}`);
  const { outcomes, stranded, turnedAway, redirected, runs, abortedHandoffs, exceptions } = total;
  for (const outcome of ['swapped', 'turned_away', 'redirected']) {
    expect(outcomes[outcome].into_zone).toBeGreaterThan(0);
  }
  expect(stranded.map(({ plate }: { plate: string }) => plate)).toContain('浙G9waits');
  expect(turnedAway).toEqual(
    expect.arrayContaining([
      { reason: 'no_pass', trucks: 1 },
      { reason: 'not_given', trucks: 1 },
    ]),
  );
  expect(redirected).toEqual([{ reason: 'queue_full', trucks: 1 }]);
  expect(runs.opened).toBeGreaterThan(10);
  expect(abortedHandoffs.into_zone + abortedHandoffs.out_of_zone).toBeGreaterThan(0);
  expect(exceptions.length).toBeGreaterThan(2);
  expect(events.some(({ type }) => type === 'yizhan.record.retracted.v1')).toBe(true);
  const all = await pages(`/api/v1/areas/yiwu/reports/visits?limit=200&${query(days)}`);
  expect(JSON.stringify(all)).not.toContain('浙G9typo');
});

it('a day by its name is the local day of the policy', async () => {
  const [named, meant] = await Promise.all([
    get('/api/v1/stations/jindong/reports/daily?day=2016-10-19'),
    get(`/api/v1/stations/jindong/reports/daily?${query(day)}`),
  ]);
  expect(named).toEqual(meant);
});

it.each(places)('the ledgers of $path are those of a plain fold over the log', async ({ path, isOurs }) => {
  for (const period of periods) {
    const [from, to] = [Date.parse(period.from), Date.parse(period.to)];
    const visits = await pages(`/api/v1/${path}/reports/visits?limit=7&${query(period)}`);
    const shown = visits.map(({ visitId, plate, arrivedAt, departedAt, broughtBy, leftWith }) => ({
      visitId,
      plate,
      arrivedAt: Date.parse(arrivedAt),
      departedAt: departedAt === undefined ? undefined : Date.parse(departedAt),
      broughtBy: broughtBy.id,
      leftWith: leftWith?.id,
    }));
    expect(shown).toEqual(reference.ledger(isOurs, from, to));
    const drivers = await pages(`/api/v1/${path}/reports/drivers?limit=11&${query(period)}`);
    const counted = Object.fromEntries(drivers.map(({ driverId, side: _side, ...counts }) => [driverId, counts]));
    expect(counted).toEqual(reference.drivers(isOurs, from, to, runtime.clock.now()));
  }
});

type Item = Record<'visitId' | 'plate' | 'arrivedAt' | 'driverId', string> & {
  readonly departedAt?: string;
  readonly broughtBy: { readonly id: string };
  readonly leftWith?: { readonly id: string };
  readonly side?: string;
};

async function pages(path: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let after = ''; ;) {
    const page = await get(`${path}${after}`);
    items.push(...page.items);
    if (page.next === null) return items;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}
