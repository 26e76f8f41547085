import { worstCases } from './days/worst-cases.js';
import { simulatedDay } from './days/simulated-day.js';
import { faithful } from './days/study-day.js';
import { studyPage } from './page/study-page.js';
import { printStudy } from './print-study.js';
import { runStudy, type StudyResult } from './run-study.js';

const settings = { rounds: 40, onProgress: () => undefined };

describe('a study', () => {
  let result: StudyResult;
  beforeAll(() => {
    const day = simulatedDay('study', { trucks: 60, drivers: 20, policy: 'cn-freight', rates: faithful, recalls: 0 });
    result = runStudy(day, 50, settings);
  });

  it('accounts for every truck under both policies, and puts neither below the bound', () => {
    for (const figures of [result.nearestFirst, result.yizhan]) {
      const waiting = Object.values(figures.notServed).reduce((sum, count) => sum + count, 0);
      expect(figures.served + figures.turnedAway + waiting).toBe(60);
      expect(figures.weightedMinutes).toBeGreaterThanOrEqual(result.hindsightAtLeast);
      expect(figures.byHour.reduce((sum, minutes) => sum + minutes, 0)).toBeCloseTo(figures.weightedMinutes, 6);
    }
  });

  it('is the same again but for how long looks took', () => {
    const day = simulatedDay('study', { trucks: 60, drivers: 20, policy: 'cn-freight', rates: faithful, recalls: 0 });
    const withoutTimes = ({ yizhan, nearestFirst, ...rest }: StudyResult) => ({
      ...rest,
      figures: [yizhan, nearestFirst].map(({ looks: { count }, ...figures }) => ({ ...figures, count })),
    });
    expect(withoutTimes(runStudy(day, 50, settings))).toEqual(withoutTimes(result));
  });

  it('is told in a table, in both languages', () => {
    const text = printStudy([result], 'en');
    expect(text).toContain(String(Math.round(result.yizhan.weightedMinutes)));
    expect(text).toContain('hindsight at least');
    expect(printStudy([result], 'zh')).toContain('事后最优下界');
  });

  it('is drawn on a page that loads and runs nothing', () => {
    const page = studyPage({ title: 'A <study>', madeUp: 'All of it.', seed: '1' }, [result, result]);
    expect(page.match(/<svg /g)).toHaveLength(2 * (2 * 3 + 1));
    expect(page).toContain('A &lt;study&gt;');
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(http|\shref="http|\ssrc=/);
    expect(page).not.toMatch(/undefined|NaN/);
  });
});

describe('the worst cases', () => {
  const play = (name: string): StudyResult =>
    runStudy({ ...worstCases[name](), name }, undefined, { ...settings, rounds: 0 });

  it('leave every truck waiting with its reason where there is no driver', () => {
    const { yizhan } = play('no driver at all');
    expect(yizhan.served).toBe(0);
    expect(yizhan.notServed).toEqual({ no_drivers: 300 - yizhan.turnedAway });
  });

  it('serve a crowd at one station, and at once twice as many trucks as there are drivers', () => {
    for (const name of ['one station with all trucks', 'twice as many trucks as drivers, all at once']) {
      const { yizhan, nearestFirst } = play(name);
      expect(yizhan.weightedMinutes).toBeLessThanOrEqual(nearestFirst.weightedMinutes);
      expect(yizhan.served).toBeGreaterThan(150);
      expect(Object.keys(yizhan.notServed)).not.toContain('no reason was told');
    }
  });

  it('come out alike whoever decides where all costs are equal', () => {
    const { yizhan, nearestFirst } = play('equal costs everywhere');
    expect(yizhan.weightedMinutes).toBe(nearestFirst.weightedMinutes);
    expect(yizhan.served + yizhan.turnedAway).toBe(300);
  });
});
