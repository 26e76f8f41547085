import { Validator } from '@seriousme/openapi-schema-validator';
import type { YizhanEvent } from '@yizhan/contracts';
import { newEvent, type NewEvent } from '@yizhan/event-log';
import type { Claims } from '@yizhan/identity';
import { ManualClock } from '@yizhan/kernel';
import { exampleEvents, nameOf } from '../../../../test/support/example-events.js';
import { idOf } from '../../../../test/support/relay.js';
import {
  type CommandCentreGround,
  type CommandCentreProcess,
  openCommandCentreGround,
} from '../../../../test/support/start-command-centre.js';

const monday = Date.parse('2026-03-02T00:00:00.000Z');
const hour = 3_600_000;
const areas = ['yiwu', 'ningbo', 'wenzhou'];

let ground: CommandCentreGround;

const open = async (): Promise<void> => {
  ground = await openCommandCentreGround(new ManualClock(monday + 30 * hour));
};

/** Every example of the contract, over and over, in three areas and thirty hours. */
function happenings(count: number, from = 0): NewEvent[] {
  const examples = [...exampleEvents.values()];
  return Array.from({ length: count }, (_none, index) => {
    const turn = from + index;
    // One place further each time round: whatever their number is, none is left out.
    const example = examples[(turn * 7 + Math.floor(turn / examples.length)) % examples.length];
    return newEvent({
      name: nameOf(example),
      subject: example.subject,
      areaCode: areas[turn % areas.length],
      // What is recorded later may have happened before.
      time: monday + (((turn * 37) % 1_800) * hour) / 60,
      data: example.data,
    });
  });
}

async function tell(count: number, from = 0): Promise<void> {
  for (let at = 0; at < count; at += 250) await ground.write(happenings(Math.min(250, count - at), from + at));
}

/** The figures as somebody would count them who has nothing but the exported events and the contract. */
function plainFold(documents: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const document of documents) {
    const { type, time, partitionkey, data } = JSON.parse(document) as YizhanEvent & { data: Record<string, string> };
    const names: Record<string, [string, string?]> = {
      'yizhan.visit.announced.v1': ['announced', data.flow],
      'yizhan.visit.arrived.v1': ['arrived', data.flow],
      'yizhan.visit.departed.v1': ['departed', data.outcome],
      'yizhan.visit.cancelled.v1': ['cancelled'],
      'yizhan.handoff.requested.v1': ['handoffs_requested'],
      'yizhan.handoff.assigned.v1': ['handoffs_assigned', data.assignedBy],
      'yizhan.handoff.completed.v1': ['handoffs_completed'],
      'yizhan.handoff.aborted.v1': ['handoffs_aborted'],
      'yizhan.handoff.assignment_ended.v1': ['assignments_ended', data.reason],
      'yizhan.assignment.proposed.v1': ['proposed'],
      'yizhan.assignment.refused.v1': ['refused'],
      'yizhan.assignment.withheld.v1': ['withheld'],
      'yizhan.cargo.held.v1': ['cargo_held'],
      'yizhan.cargo.released.v1': ['cargo_released'],
      'yizhan.exception.opened.v1': ['exceptions_opened', data.code],
      'yizhan.exception.escalated.v1': ['exceptions_escalated', data.code],
      'yizhan.exception.resolved.v1': ['exceptions_resolved', data.code],
      'yizhan.run.opened.v1': ['runs_opened', data.direction],
      'yizhan.run.overdue.v1': ['runs_overdue'],
      'yizhan.run.closed.v1': ['runs_closed', data.how],
      'yizhan.record.retracted.v1': ['retracted', data.reason],
    };
    const [figure, split = ''] = names[type] ?? [];
    if (figure === undefined) continue;
    const key = [`${time.slice(0, 13)}:00:00.000Z`, partitionkey, data.stationCode ?? '', figure, split].join('|');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${key}|${count}`).toSorted();
}

describe('the throughput', () => {
  beforeEach(open);
  afterEach(() => ground.close());

  it('is what a plain fold over the exported events gives, and the same again when it is rebuilt', async () => {
    const first = await ground.start();
    await tell(700);
    await first.drain();
    // A process that is started again goes on where it stopped.
    await first.stop();
    const second = await ground.start();
    await tell(450, 700);
    await second.drain();
    const live = await ground.figures();
    expect(live.toSorted()).toEqual(plainFold(await ground.log()));
    expect(live.length).toBeGreaterThan(300);
    await second.stop();
    await ground.forget();
    expect(await ground.figures()).toEqual([]);
    const rebuilding = await ground.start();
    await rebuilding.drain();
    expect((await ground.figures()).join('\n')).toBe(live.join('\n'));
  });

  it('counts once what two processes read at the same time', async () => {
    const processes = [await ground.start(), await ground.start()];
    for (let turn = 0; turn < 4; turn += 1) {
      await tell(100, turn * 100);
      await Promise.all(processes.map((each) => each.drain()));
    }
    expect((await ground.figures()).toSorted()).toEqual(plainFold(await ground.log()));
  });

  it('follows a retraction and a correction: what did not occur is not counted, what was corrected as it is right', async () => {
    const arrival = (id: string, flow: 'into_zone' | 'out_of_zone'): NewEvent => {
      const { subject, data } = exampleEvents.get('yizhan.visit.arrived.v1.json') as YizhanEvent<'visit.arrived'>;
      return newEvent({ name: 'visit.arrived', id, subject, areaCode: 'yiwu', time: monday, data: { ...data, flow } });
    };
    const retraction = (retractedEventId: string, replacedBy?: string): NewEvent =>
      newEvent({
        name: 'record.retracted',
        subject: arrival('', 'into_zone').subject,
        areaCode: 'yiwu',
        time: monday + 5 * hour,
        data: {
          retractedEventId,
          ...(replacedBy ? { reason: 'incorrect_data', replacedBy } : { reason: 'did_not_occur' }),
        },
      });
    const [wrong, typed, right] = ['wrong', 'typed', 'right'].map(idOf);
    await ground.write([arrival(wrong, 'into_zone'), arrival(typed, 'into_zone')]);
    const process = await ground.start();
    await process.drain();
    await ground.write([retraction(wrong), retraction(typed, right), arrival(right, 'out_of_zone')]);
    await process.drain();
    const { body } = await process.ask(
      { role: 'administrator' },
      '/api/v1/throughput?from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z',
    );
    const items = (body as unknown as { items: { figure: string; split: string; count: number }[] }).items;
    expect(items.map(({ figure, split, count }) => [figure, split, count])).toEqual([
      ['arrived', 'out_of_zone', 1],
      ['retracted', 'did_not_occur', 1],
      ['retracted', 'incorrect_data', 1],
    ]);
  });

  it('does not depend on which of several events came first', async () => {
    const some = happenings(300);
    await ground.write(some);
    await (await ground.start()).drain();
    const figures = await ground.figures();
    const other = await openCommandCentreGround(new ManualClock(monday));
    await other.write(some.toReversed());
    await (await other.start()).drain();
    expect(await other.figures()).toEqual(figures);
    await other.close();
  });

  it('goes on past what is no event', async () => {
    const process = await ground.start();
    const [event] = happenings(1);
    await ground.write([{ ...event, data: null } as unknown as NewEvent, ...happenings(200)]);
    await process.drain();
    const [broken, ...others] = await ground.log();
    expect(broken).toContain('"data":null');
    expect((await ground.figures()).toSorted()).toEqual(plainFold(others));
  });
});

describe('reading the throughput', () => {
  type Who = Omit<Claims, 'sub'>;
  const administrator: Who = { role: 'administrator' };
  interface Page {
    items: { hour: string; areaCode: string; stationCode: string; figure: string; split: string; count: number }[];
    next: string | null;
  }
  const lines = ({ items }: Page): string[] => items.map((item) => Object.values(item).join('|'));
  let counting: CommandCentreProcess;
  let ask: (who: Who, query?: string) => Promise<Page>;
  let status: (who: Who, query?: string) => Promise<number>;

  beforeAll(async () => {
    await open();
    counting = await ground.start();
    await tell(900);
    await counting.drain();
    const answer = (who: Who, query = '') => counting.ask(who, `/api/v1/throughput${query}`);
    status = async (who, query) => (await answer(who, query)).status;
    ask = async (who, query) => {
      const { status: code, body } = await answer(who, query);
      if (code !== 200) throw new Error(JSON.stringify(body));
      return body as unknown as Page;
    };
  });

  afterAll(() => ground.close());

  const whole = '?from=2026-03-02T00:00:00Z&to=2026-03-04T00:00:00Z';

  it('gives every row in order', async () => {
    expect(lines(await ask(administrator, whole))).toEqual(await ground.figures());
  });

  it('gives it in pages', async () => {
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: Page = await ask(administrator, `${whole}&limit=37${next === '' ? '' : `&after=${next}`}`);
      seen.push(...lines(page));
      next = page.next;
    }
    expect(seen).toEqual(await ground.figures());
  });

  it('gives the hours that begin in the time that is asked for, the last 24 h unless another is', async () => {
    const hours = async (query: string) => [...new Set((await ask(administrator, query)).items.map((row) => row.hour))];
    expect(await hours('?from=2026-03-02T05:00:00%2B00:00&to=2026-03-02T07:00:00Z')).toEqual([
      '2026-03-02T05:00:00.000Z',
      '2026-03-02T06:00:00.000Z',
    ]);
    expect(await hours('?from=2026-03-02T05:00:01Z&to=2026-03-02T06:00:01Z')).toEqual(['2026-03-02T06:00:00.000Z']);
    const usual = await hours('');
    expect([usual[0], usual.at(-1)]).toEqual(['2026-03-02T06:00:00.000Z', '2026-03-03T05:00:00.000Z']);
  });

  it.each<[Who, string, (area: string, station: string) => boolean]>([
    [administrator, '&area=ningbo', (area) => area === 'ningbo'],
    [administrator, '&station=pujiang', (_area, station) => station === 'pujiang'],
    [{ role: 'command_centre', areas: ['yiwu', 'ningbo'] }, '', (area) => area !== 'wenzhou'],
    [{ role: 'command_centre', areas: ['yiwu', 'ningbo'] }, '&area=yiwu', (area) => area === 'yiwu'],
    [
      { role: 'command_centre', areas: ['yiwu'] },
      '&station=jindong',
      (area, station) => area === 'yiwu' && station === 'jindong',
    ],
    [{ role: 'command_centre' }, '', () => false],
    [{ role: 'operator', stations: ['pujiang'] }, '', (_area, station) => station === 'pujiang'],
    [
      { role: 'shift_lead', stations: ['pujiang', 'jindong'] },
      '&area=yiwu&station=jindong',
      (area, station) => area === 'yiwu' && station === 'jindong',
    ],
  ])('%j sees of %s what is his', async (who, query, isHis) => {
    const his = (await ground.figures()).filter((line) => isHis(line.split('|')[1], line.split('|')[2]));
    expect(lines(await ask(who, `${whole}${query}`))).toEqual(his);
  });

  it.each<[Who, string]>([
    [{ role: 'command_centre', areas: ['yiwu'] }, '?area=ningbo'],
    [{ role: 'operator', stations: ['pujiang'] }, '?station=jindong'],
    [{ role: 'carrier', carrierId: 'shunfa' }, ''],
    [{ role: 'driver', driverId: 'R1' }, ''],
    [{ role: 'enterprise', enterpriseId: 'E1' }, ''],
  ])('%j may not ask for "%s"', async (who, query) => {
    expect(await status(who, query)).toBe(403);
  });

  it.each([
    '?from=2026-03-02',
    '?from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z',
    '?limit=2001',
    '?limit=0',
    '?after=x',
    `?after=${Buffer.from('["x","a","b","c","d"]').toString('base64url')}`,
    '?county=330782',
  ])('%s is refused', async (query) => {
    expect(await status(administrator, query)).toBe(400);
  });

  it('is described in valid OpenAPI', async () => {
    const { body } = await counting.ask(administrator, '/api/openapi.json');
    const { valid, errors } = await new Validator().validate(body);
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(Object.keys(body.paths)).toContain('/api/v1/throughput');
  });
});
