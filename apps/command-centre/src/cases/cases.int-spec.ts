import type { EventData, EventName, YizhanEvent } from '@yizhan/contracts';
import { newEvent } from '@yizhan/event-log';
import type { Claims } from '@yizhan/identity';
import { ManualClock } from '@yizhan/kernel';
import { exampleEvents, nameOf } from '../../../../test/support/example-events.js';
import { brokenLives } from '../../../../test/support/lives-of-cases.js';
import { idOf } from '../../../../test/support/relay.js';
import {
  type CommandCentreGround,
  type CommandCentreProcess,
  openCommandCentreGround,
} from '../../../../test/support/start-command-centre.js';
import { faultsIn } from '../../../../test/support/verified.js';
import type { AreaCaseInFullResponse, AreaCaseResponse } from './cases.dto.js';

type Who = Omit<Claims, 'sub'>;
type Answer = AreaCaseInFullResponse & { readonly code: string; readonly caseId: string };
const hour = 3_600_000;
const morning = Date.parse('2026-03-02T02:00:00.000Z');
const yiwu: Who = { role: 'command_centre', areas: ['yiwu'] };
const jinhua: Who = { role: 'command_centre', areas: ['jinhua'] };
const elsewhere: Who = { role: 'command_centre', areas: ['ningbo'] };
const lead: Who = { role: 'shift_lead', stations: ['jindong'] };
const path = '/api/v1/command-centre/cases';

let clock: ManualClock;
let ground: CommandCentreGround;
let process: CommandCentreProcess;
let other: CommandCentreProcess;

/** Two areas with a station each; two processes of the command centre. */
beforeAll(async () => {
  clock = new ManualClock(morning);
  ground = await openCommandCentreGround(clock);
  process = await ground.start();
  other = await ground.start();
  await happen('station.opened', 'station/jindong', { stationCode: 'jindong' });
  await happen('station.opened', 'station/lanxi', { stationCode: 'lanxi' }, 'jinhua');
});
afterAll(() => ground.close());

async function happen<N extends EventName>(name: N, subject: string, more: object, areaCode = 'yiwu'): Promise<void> {
  const example = exampleEvents.get(`yizhan.${name}.v1.json`) as YizhanEvent<N>;
  const data: EventData[N] = { ...example.data, ...more };
  await ground.write([newEvent({ name, subject, areaCode, time: clock.now(), data })]);
  await process.drain();
}

const about = (exceptionId: string) => ({ exceptionId, code: 'check_failed', stationCode: 'jindong' });

let exceptions = 0;
/** An exception that is open. @returns its id. */
async function exception(): Promise<string> {
  const exceptionId = idOf(`exception ${(exceptions += 1)}`);
  await happen('exception.opened', `visit/${idOf(`visit ${exceptions}`)}`, about(exceptionId));
  return exceptionId;
}

/** By whom, in place of `command_centre:zhang` in the first process; with a key of its own unless one is given. */
interface Sent {
  readonly id?: string;
  readonly key?: string;
  readonly by?: CommandCentreProcess;
}

async function send(who: Who, to: string, body?: object, { id = 'zhang', key, by = process }: Sent = {}) {
  const { status, body: answer } = await by.send(who, id, `${path}${to}`, body, key);
  return { status, body: answer as unknown as Answer };
}

async function opened(more: object = {}): Promise<Answer> {
  const exceptionId = await exception();
  const { status, body } = await send(yiwu, '', { areaCode: 'yiwu', exceptionId, ...more });
  expect([status, body.code]).toEqual([201, 'check_failed']);
  return body;
}

async function read(caseId: string, who: Who = yiwu): Promise<Answer> {
  return (await process.ask(who, `${path}/${caseId}`)).body as unknown as Answer;
}

async function listed(who: Who, query = ''): Promise<AreaCaseResponse[]> {
  const { status, body } = await process.ask(who, `${path}?limit=200${query}`);
  expect(status).toBe(200);
  return (body as unknown as { items: AreaCaseResponse[] }).items;
}

/** What the log says of cases, in order. */
async function told(caseId?: string): Promise<YizhanEvent[]> {
  await ground.write([]);
  const events = (await ground.log()).map((line) => JSON.parse(line) as YizhanEvent);
  return events.filter(({ subject }) =>
    caseId === undefined ? subject.startsWith('case/') : subject === `case/${caseId}`,
  );
}
const inShort = (events: readonly YizhanEvent[]) => events.map((event) => `${nameOf(event)} ${event.partitionkey}`);

it('takes a case from one area to another and to its end, with a log that says who did what', async () => {
  const first = await opened({ note: '车在门口，王站长 13800138000' });
  const { caseId } = first;
  expect(first).toMatchObject({
    areaCode: 'yiwu',
    ownerAreaCode: 'yiwu',
    state: 'open',
    cause: 'exception',
    causeStands: true,
    stationCode: 'jindong',
    openedBy: 'command_centre:zhang',
    dueAt: new Date(clock.now() + 4 * hour).toISOString(),
    isOverdue: false,
    allowedSteps: ['accept', 'hand_over', 'move_due', 'note', 'close'],
  });
  expect((await send(yiwu, `/${caseId}/acceptance`)).body).toMatchObject({
    state: 'accepted',
    ownerId: 'command_centre:zhang',
  });
  const over = await send(yiwu, `/${caseId}/hand-over`, { toAreaCode: 'jinhua', note: '请兰溪站协助' });
  expect(over.body).toMatchObject({ ownerAreaCode: 'jinhua', state: 'open', allowedSteps: ['hand_over', 'note'] });
  // Now it is for the other area to act; who gave it away may write something down, and take it back.
  expect((await send(yiwu, `/${caseId}/closure`, { outcome: 'solved' })).body.code).toBe('CASE.NOT_YOURS');
  expect((await send(yiwu, `/${caseId}/acceptance`)).body.code).toBe('CASE.NOT_YOURS');
  expect(await listed(jinhua, '&areaCode=jinhua&state=open')).toMatchObject([{ caseId }]);
  await send(jinhua, `/${caseId}/acceptance`, undefined, { id: 'li' });
  const dueAt = new Date(clock.now() + 6 * hour).toISOString();
  await send(jinhua, `/${caseId}/due`, { dueAt, note: '路上封路' }, { id: 'li' });
  expect((await send(lead, `/${caseId}/notes`, { note: '车已到' }, { id: 'wang' })).status).toBe(200);
  await happen('exception.resolved', `visit/${idOf('visit 1')}`, about(first.causeId));
  expect(await read(caseId)).toMatchObject({ causeStands: false, state: 'accepted' });
  const end = await send(jinhua, `/${caseId}/closure`, { outcome: 'workaround', note: '改走浦江' }, { id: 'li' });
  expect(end.body).toMatchObject({
    state: 'closed',
    outcome: 'workaround',
    closedBy: 'command_centre:li',
    allowedSteps: [],
  });
  expect(end.body.log.map(({ done, byId, ownerAreaCode, note }) => [done, byId, ownerAreaCode, note])).toEqual([
    ['open', 'command_centre:zhang', 'yiwu', '车在门口，王站长 13800138000'],
    ['accept', 'command_centre:zhang', 'yiwu', undefined],
    ['hand_over', 'command_centre:zhang', 'jinhua', '请兰溪站协助'],
    ['accept', 'command_centre:li', 'jinhua', undefined],
    ['move_due', 'command_centre:li', 'jinhua', '路上封路'],
    ['note', 'shift_lead:wang', 'jinhua', '车已到'],
    ['close', 'command_centre:li', 'jinhua', '改走浦江'],
  ]);
  expect((await send(jinhua, `/${caseId}/notes`, { note: '太晚' }, { id: 'li' })).body.code).toBe('CASE.CLOSED');
  const events = await told(caseId);
  expect(inShort(events)).toEqual([
    'case.opened yiwu',
    'case.accepted yiwu',
    'case.handed_over yiwu',
    'case.handed_over jinhua',
    ...['accepted', 'due_moved', 'noted', 'closed'].flatMap((what) => [`case.${what} yiwu`, `case.${what} jinhua`]),
  ]);
  const [moved] = events.filter(({ type }) => type === 'yizhan.case.due_moved.v1');
  expect(moved).toMatchObject({ data: { dueAt, dueBeforeAt: first.dueAt } });
  expect(JSON.stringify(events)).not.toMatch(/王站长|13800138000|兰溪/);
  expect((await send(yiwu, '', { areaCode: 'yiwu', exceptionId: first.causeId })).body.code).toBe('CASE.NO_EXCEPTION');
});

it('is opened for an alert that stands, and for its cause once however often that comes back', async () => {
  await happen('visit.arrived', `visit/${idOf('stranded')}`, {
    visitId: idOf('stranded'),
    stationCode: 'jindong',
    arrivedAt: new Date(clock.now()).toISOString(),
  });
  await happen('station.suspended', 'station/jindong', { stationCode: 'jindong' });
  clock.moveTo(clock.now() + 60_000);
  await process.look();
  const alerts = (await process.ask(yiwu, '/api/v1/command-centre/areas/yiwu/alerts?rule=station_not_open')).body;
  const [{ alertId }] = (alerts as unknown as { items: { alertId: string }[] }).items;
  const { body } = await send(yiwu, '', { areaCode: 'yiwu', alertId });
  expect(body).toMatchObject({
    cause: 'alert',
    causeKey: 'alert/station_not_open/jindong',
    code: 'station_not_open',
    level: 'warn',
    causeStands: true,
    subjects: [`visit/${idOf('stranded')}`],
    dueAt: new Date(clock.now() + 8 * hour).toISOString(),
  });
  await happen('station.resumed', 'station/jindong', { stationCode: 'jindong' });
  clock.moveTo(clock.now() + 60_000);
  await process.look();
  expect(await read(body.caseId)).toMatchObject({ causeStands: false });
  expect((await send(yiwu, '', { areaCode: 'yiwu', alertId })).body.code).toBe('CASE.CAUSE_GONE');
  await happen('station.suspended', 'station/jindong', { stationCode: 'jindong' });
  clock.moveTo(clock.now() + 60_000);
  await process.look();
  const again = (await process.ask(yiwu, '/api/v1/command-centre/areas/yiwu/alerts?state=open')).body;
  const standing = (again as unknown as { items: { alertId: string; rule: string }[] }).items;
  const next = standing.find(({ rule }) => rule === 'station_not_open');
  expect(next?.alertId).not.toBe(alertId);
  expect((await send(yiwu, '', { areaCode: 'yiwu', alertId: next?.alertId })).body).toMatchObject({
    code: 'CASE.ALREADY_OPEN',
    caseId: body.caseId,
  });
  await send(yiwu, `/${body.caseId}/closure`, { outcome: 'cause_gone' });
  expect((await send(yiwu, '', { areaCode: 'yiwu', alertId: next?.alertId })).status).toBe(201);
});

it('does what comes again with one key once, and refuses the key for something else', async () => {
  const exceptionId = await exception();
  const body = { areaCode: 'yiwu', exceptionId, note: '一次' };
  const answers = await Promise.all(
    [process, other, process].map((by) => send(yiwu, '', body, { key: 'one-key', by })),
  );
  const [{ body: first }] = answers;
  expect(answers.map(({ status, body: each }) => [status, each.caseId, each.log?.length])).toEqual(
    Array.from({ length: 3 }, () => [201, first.caseId, 1]),
  );
  const note = { note: '只记一次' };
  const notes = await Promise.all(
    [process, other].map((by) => send(yiwu, `/${first.caseId}/notes`, note, { key: 'k2', by })),
  );
  expect(notes.map(({ status }) => status)).toEqual([200, 200]);
  expect((await read(first.caseId)).log.map((entry) => entry.note)).toEqual(['一次', '只记一次']);
  expect((await send(yiwu, `/${first.caseId}/notes`, { note: '别的' }, { key: 'k2' })).body.code).toBe(
    'REQUEST.KEY_REUSED',
  );
  // For two cases at the same time.
  const second = await opened();
  const both = await Promise.all(
    [first, second].map(({ caseId }) => send(yiwu, `/${caseId}/notes`, { note: '两案' }, { key: 'k3' })),
  );
  expect(both.filter(({ body: each }) => each.code === 'REQUEST.KEY_REUSED').map(({ status }) => status)).toEqual([
    422,
  ]);
  // The same key of somebody else is another one.
  expect((await send(yiwu, `/${first.caseId}/notes`, { note: '别人' }, { id: 'chen', key: 'k2' })).status).toBe(200);
  expect((await told(first.caseId)).length + (await told(second.caseId)).length).toBe(5);
});

it('tells who has given a case away that he has, also where it is not his to see any more', async () => {
  const { caseId } = await opened({ ownerAreaCode: 'jinhua' });
  const away = { id: 'li', key: 'given-back' };
  for (let time = 0; time < 2; time += 1) {
    const { status, body } = await send(jinhua, `/${caseId}/hand-over`, { toAreaCode: 'yiwu' }, away);
    expect([status, body.ownerAreaCode, body.allowedSteps]).toEqual([200, 'yiwu', []]);
  }
  expect((await read(caseId)).log.map(({ done }) => done)).toEqual(['open', 'hand_over']);
  expect((await read(caseId, jinhua)).code).toBe('CASE.NOT_FOUND');
});

it('is opened by one of several who race for it, accepted by one, and closed by one', async () => {
  for (let round = 0; round < 10; round += 1) {
    const exceptionId = await exception();
    const people = ['a', 'b', 'c', 'd'];
    const byEach = <A>(work: (id: string, by: CommandCentreProcess) => Promise<A>): Promise<A[]> =>
      Promise.all(people.map((id, index) => work(id, index % 2 === 0 ? process : other)));
    const opening = await byEach((id, by) => send(yiwu, '', { areaCode: 'yiwu', exceptionId }, { id, by }));
    const won = opening.filter(({ status }) => status === 201);
    expect(won).toHaveLength(1);
    const caseId = won[0]?.body.caseId ?? '';
    expect(opening.filter(({ status }) => status !== 201).map(({ body }) => [body.code, body.caseId])).toEqual(
      Array.from({ length: 3 }, () => ['CASE.ALREADY_OPEN', caseId]),
    );
    const accepting = await byEach((id, by) => send(yiwu, `/${caseId}/acceptance`, undefined, { id, by }));
    expect(accepting.filter(({ status }) => status === 200)).toHaveLength(1);
    const closing = await byEach((id, by) =>
      id === 'd'
        ? send(yiwu, `/${caseId}/hand-over`, { toAreaCode: 'jinhua' }, { id, by })
        : send(yiwu, `/${caseId}/closure`, { outcome: id === 'a' ? 'solved' : 'not_solved' }, { id, by }),
    );
    const { log, state, outcome } = await read(caseId);
    const closings = closing.slice(0, 3).filter(({ status }) => status === 200);
    expect(closings.length).toBe(state === 'closed' ? 1 : 0);
    expect(closings.map(({ body }) => body.outcome)).toEqual(outcome === undefined ? [] : [outcome]);
    // What was refused is in no log.
    const done = [...won, ...accepting, ...closing].filter(({ status }) => status < 300);
    expect(log).toHaveLength(done.length);
    expect(log.map(({ entryNo }) => entryNo)).toEqual(log.map((_entry, index) => index + 1));
  }
}, 60_000);

it('is overdue once for each instant that it was due at, and says so to whoever has to act', async () => {
  const { caseId } = await opened({ ownerAreaCode: 'jinhua', dueAt: new Date(clock.now() + hour).toISOString() });
  await process.lookAtCases();
  clock.moveTo(clock.now() + hour);
  const before = (await told()).length;
  expect((await Promise.all([process.lookAtCases(), other.lookAtCases()])).reduce((sum, each) => sum + each)).toBe(1);
  expect(await read(caseId)).toMatchObject({ isOverdue: true });
  expect(inShort((await told()).slice(before))).toEqual(['case.overdue yiwu', 'case.overdue jinhua']);
  await send(
    jinhua,
    `/${caseId}/due`,
    { dueAt: new Date(clock.now() + hour).toISOString(), note: '再等' },
    { id: 'li' },
  );
  clock.moveTo(clock.now() + 30_000);
  expect([await process.lookAtCases(), (await read(caseId)).isOverdue]).toEqual([0, false]);
  clock.moveTo(clock.now() + hour);
  expect(await process.lookAtCases()).toBe(1);
  expect((await read(caseId)).log.map(({ done }) => done)).toEqual(['open', 'overdue', 'move_due', 'overdue']);
});

it('is seen by both areas, by who leads the station and by a county, and by nobody else', async () => {
  const { caseId } = await opened({ ownerAreaCode: 'jinhua', ownerId: 'command_centre:li' });
  const county: Who = { role: 'command_centre', counties: ['330703'], stations: ['jindong'] };
  for (const who of [yiwu, jinhua, lead, county]) {
    expect((await listed(who, '&state=open')).map((each) => each.caseId)).toContain(caseId);
    expect((await read(caseId, who)).caseId).toBe(caseId);
  }
  const strangers: readonly Who[] = [elsewhere, { role: 'shift_lead', stations: ['lanxi'] }];
  for (const who of strangers) {
    expect(await listed(who)).toEqual([]);
    expect((await read(caseId, who)).code).toBe('CASE.NOT_FOUND');
  }
  expect((await send(elsewhere, `/${caseId}/notes`, { note: '看看' })).status).toBe(404);
  expect((await send(county, `/${caseId}/notes`, { note: '看看' })).status).toBe(404);
  expect((await send(lead, `/${caseId}/closure`, { outcome: 'solved' })).status).toBe(403);
  expect((await process.ask({ role: 'operator', stations: ['jindong'] }, path)).status).toBe(403);
  expect((await send(elsewhere, '', { areaCode: 'yiwu', exceptionId: await exception() })).status).toBe(403);
  expect(await listed(jinhua, '&state=open&ownerId=command_centre:li&stationCode=jindong')).toMatchObject([{ caseId }]);
  const page = (await process.ask(yiwu, `${path}?limit=1`)).body as unknown as {
    items: AreaCaseResponse[];
    next: string;
  };
  const next = (await process.ask(yiwu, `${path}?limit=200&after=${page.next}`)).body as unknown as {
    items: AreaCaseResponse[];
  };
  expect([...page.items, ...next.items]).toEqual(await listed(yiwu));
});

it('refuses what makes no sense', async () => {
  const exceptionId = await exception();
  const codeOf = async (body: object) => (await send(yiwu, '', { areaCode: 'yiwu', exceptionId, ...body })).body.code;
  expect(await codeOf({ ownerAreaCode: 'nowhere' })).toBe('CASE.NO_SUCH_AREA');
  expect(await codeOf({ dueAt: new Date(clock.now()).toISOString() })).toBe('CASE.DUE_IN_THE_PAST');
  expect(await codeOf({ alertId: exceptionId })).toBe('CASE.ONE_CAUSE');
  expect(await codeOf({ exceptionId: undefined, alertId: exceptionId })).toBe('CASE.NO_ALERT');
  expect(await codeOf({ note: ' ' })).toBe('REQUEST.INVALID');
  expect((await process.ask(yiwu, `${path}?after=x`)).status).toBe(400);
  for (const ownerId of ['王建国', '13800138000', 'operator:lin'])
    expect(await codeOf({ ownerId })).toBe('REQUEST.INVALID');
  expect((await told()).filter(({ data }) => 'causeId' in data && data.causeId === exceptionId)).toEqual([]);
});

it('forgets what was written down when its time is over, and nothing else', async () => {
  const { caseId } = await opened({ note: '秘密' });
  const { caseId: silent } = await opened();
  for (const each of [caseId, silent]) await send(yiwu, `/${each}/closure`, { outcome: 'solved' });
  clock.moveTo(clock.now() + 365 * 24 * hour - 1);
  await process.lookAtCases();
  expect((await read(caseId)).log[0]).toMatchObject({ note: '秘密', isNoteGone: false });
  clock.moveTo(clock.now() + 60_000);
  await process.lookAtCases();
  const { log } = await read(caseId);
  expect(log.map(({ done, note, isNoteGone }) => [done, note, isNoteGone])).toEqual([
    ['open', undefined, true],
    ['close', undefined, false],
  ]);
  const sealed = await ground.database.rows(
    `SELECT FROM command_centre.case_entries WHERE case_id = $1 AND note_sealed <> ''`,
    [caseId],
  );
  expect(sealed).toEqual([]);
  const marks = [caseId, silent].map((each) => ground.keystore.isDestroyed(`case:${each}`));
  expect(await Promise.all(marks)).toEqual([true, false]);
});

it('has left a log of which every event may be written, and which the checker holds to one life for each case', async () => {
  const events = await told();
  expect(faultsIn(events.map((event) => JSON.stringify(event)))).toEqual([]);
  expect(brokenLives(events)).toEqual([]);
  expect(events.length).toBeGreaterThan(60);
});
