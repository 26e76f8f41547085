import type { EventData, EventName, YizhanEvent } from '@yizhan/contracts';
import { newEvent } from '@yizhan/event-log';
import type { Claims } from '@yizhan/identity';
import { ManualClock } from '@yizhan/kernel';
import { exampleEvents } from '../../../../test/support/example-events.js';
import { idOf } from '../../../../test/support/relay.js';
import {
  type CommandCentreGround,
  type CommandCentreProcess,
  openCommandCentreGround,
} from '../../../../test/support/start-command-centre.js';
import type { AlertResponse } from './alerts.dto.js';

type Who = Omit<Claims, 'sub'>;
const minute = 60_000;
const morning = Date.parse('2026-03-02T02:00:00.000Z');
const centre: Who = { role: 'command_centre', areas: ['yiwu'] };

let clock: ManualClock;
let ground: CommandCentreGround;
let process: CommandCentreProcess;

/** Two stations of an area, each with two bays. */
beforeEach(async () => {
  clock = new ManualClock(morning);
  ground = await openCommandCentreGround(clock);
  process = await ground.start();
  await happen(station('jindong', 'station.opened'), station('pujiang', 'station.opened'));
});
afterEach(() => ground.close());

interface Told {
  readonly name: EventName;
  readonly subject: string;
  readonly data: object;
}

/** An event as its example has it, but for what is said of it. */
function told<N extends EventName>(name: N, subject: string, data: Partial<EventData[N]>): Told {
  const example = exampleEvents.get(`yizhan.${name}.v1.json`) as YizhanEvent<N>;
  return { name, subject, data: { ...example.data, ...data } };
}

const station = (stationCode: string, name: 'station.opened' | 'station.suspended' | 'station.resumed'): Told =>
  told(name, `station/${stationCode}`, { stationCode, ...(name === 'station.opened' && { bays: ['B01', 'B02'] }) });

const truck = { plate: '浙G12345', plateColour: 'yellow', licenceRequired: 'A2' } as const;

const arrival = (id: string, stationCode = 'jindong'): Told =>
  told('visit.arrived', `visit/${idOf(id)}`, {
    visitId: idOf(id),
    stationCode,
    flow: 'out_of_zone',
    truck,
    arrivedAt: new Date(clock.now()).toISOString(),
  });

const departure = (id: string, stationCode = 'jindong'): Told =>
  told('visit.departed', `visit/${idOf(id)}`, {
    visitId: idOf(id),
    stationCode,
    departedAt: new Date(clock.now()).toISOString(),
  });

async function happen(...events: readonly Told[]): Promise<void> {
  await ground.write(
    events.map(({ name, subject, data }) =>
      newEvent({ name, subject, areaCode: 'yiwu', time: clock.now(), data: data as never }),
    ),
  );
  await process.drain();
}

/** Minutes go by, and somebody at Jindong does something now and then: it is not silent. */
async function goBy(minutes: number): Promise<void> {
  for (let left = minutes; left > 0; left -= 20) {
    clock.moveTo(clock.now() + Math.min(left, 20) * minute);
    await happen(told('driver.shift_ended', 'driver/nobody', { driverId: 'nobody', stationCode: 'jindong' }));
  }
}

const path = '/api/v1/command-centre/areas/yiwu/alerts';

async function alerts(query = '', who: Who = centre): Promise<AlertResponse[]> {
  const { status, body } = await process.ask(who, `${path}${query}`);
  expect([status, query]).toEqual([200, query]);
  return (body as unknown as { items: AlertResponse[] }).items;
}

const acknowledge = async (alertId: string, id: string, who: Who = centre) => {
  const { status, body } = await process.send(who, id, `${path}/${alertId}/acknowledgement`);
  return { status, body: body as unknown as AlertResponse & { code: string } };
};

it('opens one alert for a cause, keeps it while it is there, raises it, and resolves it by itself', async () => {
  await happen(arrival('a'));
  await goBy(100);
  expect(await process.look()).toBe(0);
  await goBy(20);
  expect(await process.look()).toBe(1);
  const [open, ...others] = await alerts();
  expect(others).toEqual([]);
  expect(open).toMatchObject({
    key: 'long_dwell/jindong',
    rule: 'long_dwell',
    stationCode: 'jindong',
    level: 'warn',
    state: 'open',
    value: 7_200,
    unit: 'seconds',
    threshold: 7_200,
    count: 1,
    subjects: [`visit/${idOf('a')}`],
    isQuiet: false,
  });
  // It is looked at once a minute.
  expect(await process.look()).toBe(0);
  await goBy(20);
  expect(await process.look()).toBe(0);
  expect((await alerts()).map(({ alertId, value }) => [alertId, value])).toEqual([[open.alertId, 8_400]]);
  await goBy(100);
  expect(await process.look()).toBe(1);
  expect(await alerts()).toMatchObject([{ alertId: open.alertId, level: 'critical', openedAt: open.openedAt }]);
  await happen(departure('a'));
  await goBy(1);
  expect(await process.look()).toBe(1);
  expect(await alerts()).toMatchObject([{ alertId: open.alertId, state: 'resolved', level: 'critical' }]);
  expect(await alerts('?state=open')).toEqual([]);
  expect(await alerts('?state=resolved')).toHaveLength(1);
});

it('is opened once by several processes, also by one that is started again', async () => {
  await happen(arrival('a'), arrival('b', 'pujiang'));
  await goBy(130);
  const others = [await ground.start(), await ground.start()];
  await Promise.all(others.map((each) => each.drain()));
  const changed = await Promise.all([process, ...others].map((each) => each.look()));
  // Pujiang says nothing all the while: two causes there, one at Jindong.
  expect(changed.toSorted((a, b) => a - b)).toEqual([0, 0, 3]);
  expect((await alerts('?state=open')).map(({ key }) => key).toSorted()).toEqual([
    'long_dwell/jindong',
    'long_dwell/pujiang',
    'station_silent/pujiang',
  ]);
  const before = await alerts();
  await process.stop();
  process = await ground.start();
  await process.drain();
  await goBy(1);
  expect(await process.look()).toBe(0);
  expect((await alerts()).map(({ alertId }) => alertId)).toEqual(before.map(({ alertId }) => alertId));
});

it('the database has one open alert for a cause, whoever writes it', async () => {
  await happen(arrival('a'));
  await goBy(120);
  await process.look();
  const again = ground.database.rows(
    `INSERT INTO command_centre.alerts SELECT $1::uuid, area_code, key, rule, station_code, label, level, value, count, subjects,
       opened_at, raised_at FROM command_centre.alerts`,
    [idOf('another')],
  );
  await expect(again).rejects.toMatchObject({ constraint: 'alerts_one_per_cause' });
});

it('is acknowledged with a name, once; who grows worse asks again', async () => {
  await happen(arrival('a'));
  await goBy(120);
  await process.look();
  const [{ alertId }] = await alerts();
  const taken = await acknowledge(alertId, 'zhang');
  expect(taken).toMatchObject({ status: 200, body: { acknowledgedBy: 'command_centre:zhang', state: 'open' } });
  expect(await acknowledge(alertId, 'zhang')).toEqual(taken);
  expect(await acknowledge(alertId, 'li')).toMatchObject({
    status: 409,
    body: { code: 'ALERT.ALREADY_ACKNOWLEDGED' },
  });
  await goBy(60);
  expect(await process.look()).toBe(0);
  expect(await alerts()).toMatchObject([{ acknowledgedBy: 'command_centre:zhang' }]);
  await goBy(60);
  expect(await process.look()).toBe(1);
  const [worse] = await alerts();
  expect([worse.level, worse.acknowledgedAt, worse.acknowledgedBy]).toEqual(['critical', undefined, undefined]);
  const before = { acknowledgedBeforeAt: taken.body.acknowledgedAt, acknowledgedBeforeBy: 'command_centre:zhang' };
  expect(worse).toMatchObject(before);
  expect(await acknowledge(alertId, 'li')).toMatchObject({
    status: 200,
    body: { acknowledgedBy: 'command_centre:li', ...before },
  });
  await happen(departure('a'));
  await goBy(1);
  await process.look();
  expect(await alerts()).toMatchObject([{ state: 'resolved', acknowledgedBy: 'command_centre:li', ...before }]);
  expect(await acknowledge(alertId, 'wu')).toMatchObject({ status: 409, body: { code: 'ALERT.RESOLVED' } });
});

it('is escalated where nobody is at it in time', async () => {
  await happen(arrival('a'));
  await goBy(120);
  await process.look();
  await goBy(59);
  await process.look();
  expect((await alerts())[0].escalatedAt).toBeUndefined();
  await goBy(1);
  expect(await process.look()).toBe(1);
  expect((await alerts())[0].escalatedAt).toBe(new Date(clock.now()).toISOString());
});

it('sees a suspended station with trucks, and its own end', async () => {
  await happen(arrival('a'), station('jindong', 'station.suspended'));
  await process.look();
  expect(await alerts()).toMatchObject([{ key: 'station_not_open/jindong', level: 'warn', count: 1 }]);
  await happen(station('jindong', 'station.resumed'));
  await goBy(1);
  await process.look();
  expect(await alerts('?state=open')).toEqual([]);
});

it('sees that a queue grows, from what it saw half an hour before', async () => {
  await process.look();
  const queued = (id: string): Told =>
    told('visit.queued', `visit/${idOf(id)}`, {
      visitId: idOf(id),
      stationCode: 'jindong',
      queue: 'outside',
      queuedAt: new Date(clock.now()).toISOString(),
    });
  await goBy(20);
  await process.look();
  await happen(...Array.from({ length: 11 }, (_none, index) => queued(`queued ${index}`)));
  await goBy(9);
  await process.look();
  expect(await alerts()).toEqual([]);
  await goBy(1);
  await process.look();
  expect(await alerts()).toMatchObject([{ key: 'queue_growth/jindong', value: 11, count: 11 }]);
});

it('does not judge by read models that lie behind the log', async () => {
  await happen(arrival('a'));
  await goBy(120);
  await ground.forget();
  // Nothing has been read again yet but where the stations are.
  await ground.database.rows(
    `INSERT INTO command_centre.stories VALUES ('yiwu', 'station/x', 'station', 'suspended', now(), NULL, 'x', '', '', '', '[]'),
       ('yiwu', 'visit/x', 'visit', 'inside', now(), NULL, 'x', '', '', '', '[]')`,
  );
  expect(await process.look()).toBe(0);
  expect(await alerts()).toEqual([]);
});

it('lists by page, station, level and rule', async () => {
  await happen(arrival('a'), arrival('b', 'pujiang'));
  await goBy(130);
  await process.look();
  const all = await alerts();
  const first = await process.ask(centre, `${path}?limit=2`);
  const { items, next } = first.body as unknown as { items: AlertResponse[]; next: string };
  expect([...items, ...(await alerts(`?limit=2&after=${next}`))]).toEqual(all);
  expect((await alerts('?stationCode=jindong')).map(({ key }) => key)).toEqual(['long_dwell/jindong']);
  expect((await alerts('?level=critical')).map(({ key }) => key)).toEqual(['station_silent/pujiang']);
  expect((await alerts('?rule=long_dwell')).length).toBe(2);
  for (const query of ['?rule=x', '?state=x', '?after=x', `?after=${Buffer.from('["x","y"]').toString('base64url')}`]) {
    expect([query, (await process.ask(centre, `${path}${query}`)).status]).toEqual([query, 400]);
  }
});

it('shows who may see it, and lets him acknowledge whose area it is', async () => {
  await happen(arrival('a'), arrival('b', 'pujiang'));
  await goBy(130);
  await process.look();
  const county: Who = { role: 'command_centre', counties: ['330726'], stations: ['pujiang'] };
  const [{ alertId }] = await alerts('?rule=long_dwell&stationCode=pujiang', county);
  expect((await alerts('', county)).every(({ stationCode }) => stationCode === 'pujiang')).toBe(true);
  expect(await alerts('?stationCode=jindong', county)).toEqual([]);
  expect((await acknowledge(alertId, 'county', county)).status).toBe(403);
  expect((await acknowledge(alertId, 'far', { role: 'command_centre', areas: ['ningbo'] })).status).toBe(403);
  expect((await process.ask({ role: 'command_centre', areas: ['ningbo'] }, path)).status).toBe(403);
  expect((await process.ask({ role: 'operator', stations: ['pujiang'] }, path)).status).toBe(403);
  expect(await acknowledge(idOf('none'), 'zhang')).toMatchObject({ status: 404, body: { code: 'ALERT.NOT_FOUND' } });
});
