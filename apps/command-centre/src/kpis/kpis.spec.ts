import type { Fact, FactValues, TakenName } from './fact.js';
import { bucketOf } from './histogram.js';
import type { Kpi, Mark, Point, PointName, StateRule } from './kpi.js';
import { kpis, points } from './kpis.js';
import { measure, noBucket } from './measure.js';
import { standingOf } from './standing.js';
import { states } from './states.js';
import type { Story } from './story.js';

const hour = Date.parse('2026-03-02T01:00:00.000Z');
const minute = 60_000;
let facts = 0;

const fact = (name: TakenName, at: number, values: FactValues = {}): Fact => ({
  id: `event ${(facts += 1)}`,
  name,
  at,
  values,
});

const marked = ({ event, where = {} }: Mark, at: number, values: FactValues = {}): Fact =>
  fact(event, at, { ...where, ...values });

/** A fact that is the point at an instant. */
function factAt(name: PointName, at: number): Fact {
  const point: Point = points[name];
  const values = point.time === undefined ? {} : { [point.time]: new Date(at).toISOString() };
  return marked(point, point.time === undefined ? at : hour, values);
}

const storyOf = (kind: Story['kind'], ...told: Fact[]): Story => ({
  areaCode: 'yiwu',
  subject: `${kind}/1`,
  kind,
  facts: told.toSorted((a, b) => a.at - b.at),
});

const of = (kpi: string, story: Story) =>
  measure(story)
    .filter((cell) => cell.kpi === kpi)
    .map(({ hour: at, split, bucket }) => [at, split, bucket]);

const rulesOf = (kind: string): readonly StateRule[] => states[kind as keyof typeof states];

const all = Object.entries<Kpi>(kpis);

describe.each(all)('%s', (name, kpi) => {
  it('is what its definition says', () => {
    switch (kpi.operator) {
      case 'count': {
        const { split, each } = kpi;
        if (each !== undefined) {
          const place = marked({ event: 'visit.arrived' }, hour, { [each]: ['E1', 'E2'] });
          const story = storyOf(kpi.story, place, marked(kpi.of, hour + 5 * minute));
          expect(measure(story).flatMap((cell) => (cell.kpi === name ? [cell.enterpriseId] : []))).toEqual([
            'E1',
            'E2',
          ]);
          expect(of(name, storyOf(kpi.story, marked(kpi.of, hour)))).toEqual([]);
          break;
        }
        const value =
          split === undefined ? {} : { [split]: split === 'reasons' || split === 'failures' ? ['a', 'b'] : 'a' };
        const parts = split === undefined ? [''] : split === 'reasons' || split === 'failures' ? ['a', 'b'] : ['a'];
        const counted = marked(kpi.of, hour + 5 * minute, value);
        const expected = parts.map((part) => [hour, part, noBucket]);
        expect(of(name, storyOf(kpi.story, counted))).toEqual(expected);
        const twice = storyOf(kpi.story, counted, { ...counted, id: 'again', at: hour + 65 * minute });
        expect(of(name, twice)).toHaveLength(2 * parts.length);
        break;
      }
      case 'span': {
        const [from] = kpi.from;
        const spanned = [factAt(from, hour + 50 * minute), factAt(kpi.to, hour + 72 * minute)];
        const code = fact('exception.escalated', hour + 73 * minute, { code: 'late', how: 'late' });
        const story = storyOf(kpi.story, ...spanned, code);
        const part = kpi.split === 'course' ? 'normal' : kpi.split === undefined ? '' : 'late';
        expect(of(name, story)).toEqual([[hour + 60 * minute, part, bucketOf(22 * minute)]]);
        for (const only of spanned) expect(of(name, storyOf(kpi.story, only))).toEqual([]);
        break;
      }
      case 'adherence': {
        const grace = kpi.graceSeconds * 1000;
        const [from] = kpi.from;
        for (const [by, split] of [
          [-grace - 1, 'early'],
          [-grace, 'on_time'],
          [grace, 'on_time'],
          [grace + 1, 'late'],
        ] as const) {
          const at = hour + 40 * minute;
          const story = storyOf(kpi.story, factAt(from, at), factAt(kpi.to, at + by));
          expect(of(name, story).map(([, part]) => part)).toEqual([split]);
        }
      }
    }
  });

  it('is made of its own facts alone', () => {
    const strange = storyOf(kpi.story, fact('station.opened', hour), fact('handoff.assigned', hour, { reason: 'x' }));
    expect(of(name, strange)).toEqual([]);
  });
});

it.each(Object.entries(states).flatMap(([kind, rules]) => rules.map((rule) => [kind, rule.state, rule] as const)))(
  'a %s is %s from then until then',
  (kind, state, rule: StateRule) => {
    const story = (...told: Fact[]): Story => storyOf(kind as Story['kind'], ...told);
    const due = '2026-03-02T09:00:00.000Z';
    const since = marked(rule.since, hour, rule.due === undefined ? {} : { [rule.due]: due });
    expect(standingOf(story(since))).toMatchObject({
      state,
      since: hour,
      due: rule.due === undefined ? null : Date.parse(due),
    });
    for (const until of rule.until) {
      expect(standingOf(story(since, marked(until, hour + minute))).state).not.toBe(state);
      const beginsAnother = rulesOf(kind).some((each) => each.since.event === until.event);
      if (!beginsAnother) expect(standingOf(story(marked(until, hour - minute), since)).state).toBe(state);
      if (rule.same === undefined || beginsAnother) continue;
      const other = marked(until, hour + minute, { [rule.same]: 'another' });
      expect(standingOf(story(since, other)).state).toBe(state);
    }
  },
);

it('shows a visit with an exception beside the others, and never leaves it out', () => {
  const visit = [factAt('arrived', hour), factAt('departed', hour + 90 * minute)];
  expect(of('dwell', storyOf('visit', ...visit))).toEqual([[hour + 60 * minute, 'normal', bucketOf(90 * minute)]]);
  const strayed = storyOf('visit', ...visit, fact('exception.opened', hour + 95 * minute, { code: 'x' }));
  expect(of('dwell', strayed)).toEqual([[hour + 60 * minute, 'exception', bucketOf(90 * minute)]]);
});

it('counts the driver from his ticket on, and the station from the gate on', () => {
  const story = storyOf(
    'visit',
    factAt('queued_outside', hour),
    factAt('arrived', hour + 30 * minute),
    factAt('departed', hour + 50 * minute),
  );
  expect(of('turn_time', story)).toEqual([[hour, 'normal', bucketOf(50 * minute)]]);
  expect(of('dwell', story)).toEqual([[hour, 'normal', bucketOf(20 * minute)]]);
});

it('is over when the truck has left', () => {
  const story = storyOf('visit', factAt('arrived', hour), factAt('departed', hour + minute));
  expect(standingOf(story)).toEqual({ state: null, since: null, due: null, label: '' });
});

describe('a driver on duty', () => {
  const shift = fact('driver.shift_started', hour, { stationCode: 'jindong', endsAt: '2026-03-02T09:00:00.000Z' });
  const side = fact('driver.enrolled', hour - minute, { side: 'inside' });
  const work = (minutes: number, values: FactValues): Fact => fact('handoff.assigned', hour + minutes * minute, values);
  const standing = (...told: Fact[]) => {
    const { state, since } = standingOf(storyOf('driver', side, shift, ...told));
    return [state, since === null ? null : (since - hour) / minute];
  };

  it('is idle, has a handoff to make or a truck', () => {
    expect(standing()).toEqual(['idle', 0]);
    expect(standing(work(5, { task: 'assigned' }))).toEqual(['assigned', 5]);
    expect(standing(work(5, { task: 'none' }), work(5, { truck: 'held' }))).toEqual(['driving', 5]);
    // He may be asked for the next truck while he has one.
    expect(standing(work(5, { truck: 'held' }), work(7, { task: 'assigned' }))).toEqual(['driving', 5]);
    expect(standing(work(7, { task: 'assigned' }), work(9, { truck: 'none' }))).toEqual(['assigned', 7]);
    expect(standing(work(7, { task: 'none' }), work(9, { truck: 'none' }))).toEqual(['idle', 9]);
  });

  it('has hours until his shift ends, and none after it', () => {
    expect(standingOf(storyOf('driver', side, shift))).toMatchObject({ due: hour + 480 * minute, label: 'inside' });
    const ended = fact('driver.shift_ended', hour + minute);
    expect(standingOf(storyOf('driver', side, shift, ended))).toMatchObject({ state: null, label: 'inside' });
  });
});
