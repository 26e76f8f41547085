import type { YizhanEvent } from '@yizhan/contracts';
import { FakeStation } from '../../../../test/support/fake-station.js';
import { fakeReplay } from '../../../../test/support/fake-replay.js';
import { Killed } from '../../../../test/support/fake-world.js';
import type { Scenario } from '../scenario/scenario.js';
import { yiwu } from '../scenario/yiwu.js';
import type { Passage } from './passages/passage.js';

const minute = 60_000;
const noon = Date.UTC(2016, 9, 19, 4);

/** Trucks at irregular times, of every model. */
function passagesOf(count: number, everySeconds: number): Passage[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `2016-10-19/${index}`,
    at: noon + index * everySeconds * 1_000 + (index % 7) * 1_300,
    tollgate: index % 3 === 0 ? '3' : '1',
    vehicleModel: String(index % 8),
  }));
}

/** A small pool, two bays and many mishaps: everything that can happen does. */
const rough: Scenario = {
  ...yiwu,
  stations: yiwu.stations.map((station) => ({ ...station, bays: 2 })),
  relayDrivers: yiwu.stations.flatMap(({ code }) =>
    (['A2', 'B2'] as const).map((licence) => ({
      station: code,
      zone: 'yiwu',
      licence,
      count: 9,
      shift: { from: '06:00', hours: 10 },
    })),
  ),
  rates: {
    ...yiwu.rates,
    decline: 0.2,
    silent: 0.1,
    noShow: 0.1,
    checkFails: 0.2,
    hold: 0.3,
    sealMismatch: 0.2,
    nobodyThere: 0.3,
    waits: 0.4,
    goesAway: 0.3,
    takesOtherTruck: 0.3,
  },
};

const play = { scenario: rough, passages: passagesOf(60, 100) };

const essence = (log: readonly YizhanEvent[]): string[] =>
  log.map(
    ({ position, type, subject, time, data }) => `${position} ${time} ${type} ${subject} ${JSON.stringify(data)}`,
  );

const countOf = (log: readonly YizhanEvent[], name: string): number =>
  log.filter(({ type }) => type === `yizhan.${name}.v1`).length;

test('every truck comes in, is swapped, goes in, comes back and leaves, or is turned away', async () => {
  const { report, station } = await fakeReplay(play);
  const { arrivals, returns, visits } = report;
  expect(arrivals).toMatchObject({ rows: 60, departed: 60, open: [], cancelled: [], isEveryRowAccountedFor: true });
  expect(returns).toMatchObject({ atStation: [], inZone: [] });
  expect(visits.intoZone.departed.turned_away).toBeGreaterThan(0);
  expect(visits.outOfZone.departed).toEqual({ swapped: returns.wentIn });
  expect(countOf(station.log, 'handoff.completed')).toBe(2 * returns.wentIn);
});

test('everything that may go wrong does, and none of it ends a trip', async () => {
  const { report, station } = await fakeReplay(play);
  const names = [
    'visit.queued',
    'visit.called',
    'cargo.held',
    'handoff.aborted',
    'custody.moved',
    'assignment.withheld',
  ];
  for (const name of names) expect([name, countOf(station.log, name) > 0]).toEqual([name, true]);
  expect(Object.keys(report.assignments.ended)).toEqual(['declined', 'expired', 'no_show']);
});

test('people ask for nothing that the station refuses', async () => {
  const { refusals } = await fakeReplay(play);
  expect([...refusals]).toEqual([]);
});

test('the same seed gives the same log, another seed another one', async () => {
  const [one, two, other] = [await fakeReplay(play), await fakeReplay(play), await fakeReplay({ ...play, seed: '2' })];
  expect(essence(two.station.log)).toEqual(essence(one.station.log));
  expect(essence(other.station.log)).not.toEqual(essence(one.station.log));
});

test('what is made up for a truck does not hang on the other trucks', async () => {
  const few = { ...play, scenario: { ...rough, stations: yiwu.stations } };
  const plates = async (passages: readonly Passage[]): Promise<Map<string, unknown>> => {
    const { station } = await fakeReplay({ ...few, passages });
    const arrived = station.log
      .filter(({ type }) => type === 'yizhan.visit.arrived.v1')
      .map(({ data }) => data as { visitId: string; truck: object });
    return new Map(arrived.map(({ visitId, truck }) => [visitId, truck]));
  };
  const [all, half] = [await plates(play.passages), await plates(play.passages.filter((_, index) => index % 2 === 0))];
  for (const [visitId, truck] of half) expect(all.get(visitId)).toEqual(truck);
});

/** One first try in four. */
const moody = (key: string): boolean =>
  !key.startsWith('network:') &&
  !key.includes('~') &&
  Array.from(key, (sign) => sign.charCodeAt(0)).reduce((sum, code) => sum + code, 0) % 4 === 0;

test.each([
  ['that refuses nothing', undefined],
  ['that refuses many first tries', moody],
])(
  'killed before any of its commits and started again, it writes the same log, in front of a station %s',
  async (_, refuses) => {
    const small = { ...play, passages: passagesOf(8, 240), ...(refuses ? { refuses } : {}) };
    const whole = await fakeReplay(small);
    expect(whole.refusals.size > 0).toBe(refuses !== undefined);
    const expected = essence(whole.station.log);
    for (let killedAt = 0; killedAt < whole.world.commits; killedAt += 9) {
      const station = new FakeStation();
      await expect(fakeReplay({ ...small, station, killedAt })).rejects.toThrow(Killed);
      const { report } = await fakeReplay({ ...small, station });
      expect([killedAt, essence(station.log)]).toEqual([killedAt, expected]);
      expect(report).toEqual(whole.report);
    }
  },
  60_000,
);

test('killed again and again, it writes the same log', async () => {
  const expected = essence((await fakeReplay(play)).station.log);
  const station = new FakeStation();
  let kills = 0;
  for (let isOver = false; !isOver;) {
    const killedAt = 40 + ((kills * 61) % 300);
    isOver = await fakeReplay({ ...play, station, killedAt }).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof Killed)) throw error;
        kills += 1;
        return false;
      },
    );
  }
  expect(kills).toBeGreaterThan(10);
  expect(essence(station.log)).toEqual(expected);
}, 60_000);

test('a replay that is over starts again, does nothing and reports the same', async () => {
  const { station, report } = await fakeReplay(play);
  const before = station.log.length;
  const again = await fakeReplay({ ...play, station });
  expect(station.log.length).toBe(before);
  expect(again.world.performs).toBe(0);
  expect(again.report).toEqual(report);
});

test('without a driver who may drive it a truck stays open, and the report says why', async () => {
  const scenario = {
    ...rough,
    relayDrivers: rough.relayDrivers.filter(({ licence }) => licence === 'B2'),
    rates: { ...rough.rates, checkFails: 0 },
  };
  const { report } = await fakeReplay({ ...play, scenario, passages: passagesOf(8, 60) });
  const { open, departed, rows } = report.arrivals;
  expect([departed + open.length, rows]).toEqual([8, 8]);
  expect(open.length).toBe(3);
  expect(open[0]?.reason).toMatchObject({ code: 'waits_for_driver', details: [expect.stringMatching(/^busy: \d+$/)] });
  expect(report.unassigned.atEnd.length).toBe(3);
});

test('arrivals keep the very second of their passage, people act on whole minutes', async () => {
  const { station } = await fakeReplay(play);
  const into = station.log.filter(
    ({ type, data }) => type === 'yizhan.visit.arrived.v1' && (data as { flow: string }).flow === 'into_zone',
  );
  expect(into.map(({ time }) => Date.parse(time))).toEqual(play.passages.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(station.log.every(({ recordedtime }) => Date.parse(recordedtime) % minute === 0)).toBe(true);
});
