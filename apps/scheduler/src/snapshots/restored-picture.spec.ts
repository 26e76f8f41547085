import { deserialize, serialize } from 'node:v8';
import type { YizhanEvent } from '@yizhan/contracts';
import { pictureOf } from '../../../../test/support/area-picture.js';
import { AreaStory, minute, monday } from '../../../../test/support/area-story.js';
import { graphDifference } from '../../../../test/support/graph-of.js';
import { RandomStory, seededNumbers } from '../../../../test/support/random-story.js';
import { recordedEvents } from '../../../../test/support/recorded-log.js';
import { matchArea } from '../matching/match-area.js';
import type { AreaPicture } from '../picture/area-picture.js';
import { WatchedAreas } from '../picture/watched-areas.js';
import { foldEvent } from '../scheduler.consumes.js';

/** The picture after a cut, from what was kept at the cut and the events behind it. */
function restoredOf(events: readonly YizhanEvent[], cut: number): AreaPicture {
  const areas = new WatchedAreas();
  const kept = pictureOf(events.slice(0, cut));
  areas.restore(deserialize(serialize(kept)) as AreaPicture);
  for (const event of events.slice(cut)) foldEvent(areas, event);
  return areas.picture(kept.areaCode) as AreaPicture;
}

const decisionsOf = (picture: AreaPicture): unknown => matchArea(picture, picture.time + minute).decisions;

function randomEvents(seed: number): YizhanEvent[] {
  const random = seededNumbers(seed);
  const told = new RandomStory(new AreaStory(), random);
  let now = monday;
  for (let step = 0; step < 250; step += 1) told.step((now += Math.floor(random() * 4) * minute));
  return told.story.log();
}

const logs: readonly (readonly [string, readonly YizhanEvent[]])[] = [
  ['the log that version 1 recorded', recordedEvents()],
  ...[1, 2, 3, 4, 5].map((seed) => [`a random day, seed ${seed}`, randomEvents(seed)] as const),
];

it.each(logs)('is, with the events behind it, what all events make, wherever it was cut: %s', (_, events) => {
  const whole = pictureOf(events);
  const random = seededNumbers(events.length);
  for (let round = 0; round < 40; round += 1) {
    const cut = 1 + Math.floor(random() * (events.length - 1));
    const restored = restoredOf(events, cut);
    expect([cut, graphDifference(restored, whole)]).toEqual([cut, undefined]);
    expect([cut, decisionsOf(restored)]).toEqual([cut, decisionsOf(whole)]);
  }
});

it('has something to decide in most of these logs, and objects that stand in several places', () => {
  const wholes = logs.map(([, events]) => pictureOf(events));
  expect(
    wholes.filter((picture) => matchArea(picture, picture.time + minute).decisions.length > 0).length,
  ).toBeGreaterThan(3);
  for (const { drivers, insidePools } of wholes) {
    const pooled = [...insidePools.values()].flat();
    expect(pooled.length).toBeGreaterThan(0);
    expect(pooled.every((driver) => drivers.get(driver.driverId) === driver)).toBe(true);
  }
});

it('would be told apart from one whose objects are copies', () => {
  const picture = pictureOf(recordedEvents());
  const copied = { ...picture, insidePools: structuredClone(picture.insidePools) };
  expect(copied).toEqual(picture);
  expect(graphDifference(copied, picture)).toBeDefined();
});
