import type { Fact, FactValues, TakenName } from '../kpis/fact.js';
import type { OpenStory, Picture } from './picture.js';
import { readingsOf, waitingNow } from './readings.js';

const minute = 60_000;
const now = Date.parse('2026-03-02T04:00:00.000Z');
const iso = (minutes: number): string => new Date(now + minutes * minute).toISOString();

const fact = (name: TakenName, minutes: number, values: FactValues = {}): Fact => ({
  id: `${name} ${minutes}`,
  name,
  at: now + minutes * minute,
  values,
});

const story = (kind: OpenStory['kind'], id: string, state: string, others: Partial<OpenStory> = {}): OpenStory => ({
  kind,
  subject: `${kind}/${id}`,
  state,
  since: now - 10 * minute,
  due: null,
  stationCode: 'jindong',
  flow: kind === 'visit' ? 'into_zone' : '',
  label: '',
  facts: [],
  ...others,
});

const visit = (id: string, state: string, others: Partial<OpenStory> = {}): OpenStory =>
  story('visit', id, state, others);
const station = (state = 'open', bays = 2): OpenStory =>
  story('station', 'jindong', state, { facts: [fact('station.opened', -900, { bays })] });
const arrivedAt = (minutes: number) => ({
  facts: [fact('visit.arrived', minutes, { arrivedAt: iso(minutes), licence: 'A2' })],
});

interface Told {
  readonly heard?: number;
  readonly waitedBefore?: number;
  readonly undelivered?: Picture['undelivered'];
}

function picture(stories: readonly OpenStory[], { heard = 0, waitedBefore, undelivered = [] }: Told = {}): Picture {
  return {
    at: now,
    stories,
    heard: new Map([['jindong', now + heard * minute]]),
    undelivered,
    waitedBefore: () => waitedBefore,
  };
}

const of = (rule: string, stories: readonly OpenStory[], told?: Told) =>
  readingsOf(picture(stories, told))
    .filter((reading) => reading.rule === rule)
    .map(({ key, value, count, subjects }) => ({ key, value, count, subjects }));

it('finds nothing where nothing is', () => {
  expect(readingsOf(picture([]))).toEqual([]);
  expect(readingsOf(picture([station()]))).toEqual([]);
});

it('measures the longest stay of a station from the gate, the worst trucks first', () => {
  const trucks = [
    visit('a', 'inside', arrivedAt(-30)),
    visit('b', 'released', arrivedAt(-150)),
    visit('c', 'held', arrivedAt(-200)),
  ];
  const elsewhere = visit('d', 'inside', { ...arrivedAt(-90), stationCode: 'pujiang' });
  expect(of('long_dwell', [station(), ...trucks, elsewhere])).toEqual([
    { key: 'long_dwell/jindong', value: 200 * 60, count: 2, subjects: ['visit/c', 'visit/b'] },
    { key: 'long_dwell/pujiang', value: 90 * 60, count: 0, subjects: ['visit/d'] },
  ]);
});

it('measures waits for a driver by the state, and in the queue outside by the ticket', () => {
  const queued = [fact('visit.queued', -70, { queue: 'outside', queuedAt: iso(-75) })];
  const waits = [
    visit('a', 'waiting_for_driver', { since: now - 40 * minute }),
    visit('b', 'queued_outside', { facts: queued }),
  ];
  expect(of('long_driver_wait', waits)).toMatchObject([{ value: 40 * 60, subjects: ['visit/a'] }]);
  expect(of('long_queue_outside', waits)).toMatchObject([{ value: 75 * 60, subjects: ['visit/b'] }]);
});

it('counts the trucks inside for each bay; without bays nobody can say', () => {
  const trucks = ['a', 'b', 'c'].map((id) => visit(id, 'inside'));
  expect(of('crowded', [station('open', 2), ...trucks])).toEqual([
    { key: 'crowded/jindong', value: 1.5, count: 3, subjects: [] },
  ]);
  expect(of('crowded', [station('open', 0), ...trucks])).toEqual([]);
  const more = station('open', 2);
  const changed = { ...more, facts: [...more.facts, fact('station.bays_changed', -1, { bays: 3 })] };
  expect(of('crowded', [changed, ...trucks])).toMatchObject([{ value: 1 }]);
});

it('measures growth from what was seen before, where something was', () => {
  const waiting = ['a', 'b', 'c'].map((id) => visit(id, 'queued_outside'));
  expect(waitingNow(picture([station(), ...waiting]))).toEqual([
    { rule: 'queue_growth', stationCode: 'jindong', trucks: 3 },
  ]);
  expect(of('queue_growth', [station(), ...waiting], { waitedBefore: 1 })).toMatchObject([{ value: 2, count: 3 }]);
  expect(of('queue_growth', [station(), ...waiting], { waitedBefore: 4 })).toEqual([]);
  expect(of('queue_growth', [station(), ...waiting])).toEqual([]);
});

describe('drivers of a licence', () => {
  const driver = (licences: string[], until: number, side = 'inside'): OpenStory =>
    story('driver', 'r', 'idle', {
      label: side,
      due: now + until * minute,
      facts: [fact('driver.enrolled', -900, { licences: ['C1'] }), fact('driver.changed', -800, { licences })],
    });
  const needs = (id: string, state: string, licence: string, due: number | null = null): OpenStory =>
    visit(id, state, {
      due: due === null ? null : now + due * minute,
      facts: [fact('visit.announced', -60, { licence })],
    });

  it('are missing where nobody on duty holds it, or one that covers it', () => {
    const trucks = [needs('a', 'waiting_for_driver', 'A2'), needs('b', 'inside', 'B2')];
    expect(of('no_drivers', trucks).map(({ key }) => key)).toEqual(['no_drivers/A2', 'no_drivers/B2']);
    expect(of('no_drivers', [...trucks, driver(['B2'], 60)]).map(({ key }) => key)).toEqual(['no_drivers/A2']);
    expect(of('no_drivers', [...trucks, driver(['A2'], 60)])).toEqual([]);
    expect(of('no_drivers', [...trucks, driver(['A2'], 60, 'outside')])).toHaveLength(2);
  });

  it('are missing when they are needed: not after their shift, and for two hours ahead', () => {
    const soon = [needs('a', 'announced', 'A2', 100)];
    expect(of('no_drivers', [...soon, driver(['A2'], 99)])).toMatchObject([{ value: 1, subjects: ['visit/a'] }]);
    expect(of('no_drivers', [...soon, driver(['A2'], 101)])).toEqual([]);
    expect(of('no_drivers', [needs('b', 'announced', 'A2', 121)])).toEqual([]);
    // Whoever was expected hours ago comes no more.
    expect(of('no_drivers', [needs('c', 'announced', 'A2', -121)])).toEqual([]);
  });

  it('are not asked for by trucks that go out, or that have one', () => {
    const others = [{ ...needs('a', 'inside', 'A2'), flow: 'out_of_zone' }, needs('b', 'driver_assigned', 'A2')];
    expect(of('no_drivers', others)).toEqual([]);
  });
});

it('hears how long a station has said nothing while trucks are there', () => {
  const inside = visit('a', 'inside', { since: now - 50 * minute });
  expect(of('station_silent', [station(), inside], { heard: -40 })).toMatchObject([{ value: 40 * 60, count: 1 }]);
  expect(of('station_silent', [station()], { heard: -40 })).toEqual([]);
  expect(of('station_silent', [station(), visit('b', 'announced')], { heard: -40 })).toEqual([]);
  const never = { ...picture([station(), inside]), heard: new Map<string, number>() };
  expect(readingsOf(never).find(({ rule }) => rule === 'station_silent')?.value).toBe(50 * 60);
});

it('counts who is at a station that is not open, or will come soon', () => {
  const due = (id: string, minutes: number): OpenStory => visit(id, 'announced', { due: now + minutes * minute });
  const trucks = [visit('a', 'released'), due('b', 60), due('c', 180)];
  expect(of('station_not_open', [station('open'), ...trucks])).toEqual([]);
  for (const state of ['suspended', 'closed']) {
    expect(of('station_not_open', [station(state), ...trucks])).toEqual([
      { key: 'station_not_open/jindong', value: 2, count: 2, subjects: ['visit/a', 'visit/b'] },
    ]);
  }
});

it('measures how long a run is over its time, of the whole area', () => {
  const run = (id: string, minutes: number | null): OpenStory =>
    story('run', id, 'out', { stationCode: '', due: minutes === null ? null : now + minutes * minute });
  expect(of('run_overdue', [run('a', 5), run('b', null)])).toEqual([]);
  expect(of('run_overdue', [run('a', -5), run('b', -20), run('c', -130)])).toEqual([
    { key: 'run_overdue', value: 130 * 60, count: 2, subjects: ['run/c', 'run/b'] },
  ]);
});

it('measures the longest wait of a message, whatever it is about, and names five endpoints', () => {
  const undelivered = [40, 30, 20, 10, 9, 8].map((minutes, index) => {
    return { subscriptionId: `s${index}`, since: now - minutes * minute, messages: 2 };
  });
  const subjects = [0, 1, 2, 3, 4].map((index) => `subscription/s${index}`);
  expect(of('webhook_backlog', [], { undelivered })).toEqual([
    { key: 'webhook_backlog', value: 40 * 60, count: 12, subjects },
  ]);
});
