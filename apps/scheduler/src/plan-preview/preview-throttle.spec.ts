import { pictureAfter } from '../../../../test/support/area-picture.js';
import { hour, minute } from '../../../../test/support/area-story.js';
import { ThrottledStory } from '../../../../test/support/throttled-story.js';
import { matchArea } from '../matching/match-area.js';
import { previewThrottle } from './preview-throttle.js';

const lane = { flow: 'into_zone' as const, stationCode: 'JD' };

/** Two of the lane have got drivers this hour; two wait, one more is announced. */
function busyLane(): ThrottledStory {
  const told = new ThrottledStory().network().onShift('R1').onShift('R2').onShift('R3').onShift('R4');
  told.waits('G1').assigns('G1', 'R1').waits('G2').assigns('G2', 'R2');
  told
    .at(told.now + 9 * minute)
    .waits('G3')
    .waits('G4');
  told.at(told.now + minute).waits('G5', { station: 'JX' });
  return told.announces('G6', told.now + 20 * minute).announces('G7', told.now + 30 * hour);
}

it('says who would wait for the limit alone, and for how long', () => {
  const told = busyLane();
  const picture = pictureAfter(told);
  const before = matchArea(picture, told.now);
  expect(previewThrottle(picture, { ...lane, trucksPerHour: 3 }, told.now)).toMatchObject({
    areaCode: 'jinhua',
    lastHour: 2,
    busiestHour: 2,
    waitingOnLane: 2,
    announcedOnLane: 1,
    exemptFromPriority: 8,
    waiting: 3,
    waitLonger: 1,
    waitShorter: 1,
    // G3 at once, G4 and G6 (checked 10 minutes after it comes) when G1 and G2 are an hour ago.
    wait: { trucks: 3, held: 2, never: 0, longestWaitSeconds: 50 * 60, doneAt: told.now + 50 * minute },
  });
  expect(matchArea(picture, told.now)).toEqual(before);
});

it('does not hold the limit of an area to account for trucks that their own station keeps back', () => {
  const told = busyLane().stationBecomes('JX', 'suspended');
  const everywhere = { flow: 'into_zone' as const, trucksPerHour: 9 };
  // G5 waits at JX: for the station, whatever the limit is.
  expect(previewThrottle(pictureAfter(told), everywhere, told.now)).toMatchObject({
    waitingOnLane: 3,
    wait: { trucks: 3, held: 0, never: 0 },
  });
  for (const stationCode of pictureAfter(told).stations.keys()) told.stationBecomes(stationCode, 'suspended');
  expect(previewThrottle(pictureAfter(told), everywhere, told.now)).toMatchObject({ wait: { trucks: 4, never: 4 } });
});

it('stands for the throttle that the lane has, and says that nobody passes at none', () => {
  const told = busyLane().throttles(2, 'JD');
  expect(previewThrottle(pictureAfter(told), { ...lane, trucksPerHour: 0 }, told.now)).toMatchObject({
    trucksPerHourBefore: 2,
    waitLonger: 0,
    wait: { trucks: 3, held: 3, never: 3 },
  });
  expect(previewThrottle(pictureAfter(told), { ...lane, trucksPerHour: 9 }, told.now)).toMatchObject({
    wait: { held: 0 },
    servedBefore: 1,
    servedAfter: 2,
  });
});

it('counts trucks of the last day alone, however long nobody has got a driver since', () => {
  const picture = pictureAfter(busyLane());
  const later = busyLane().now + 48 * hour;
  expect(previewThrottle(picture, { ...lane, trucksPerHour: 3 }, later)).toMatchObject({
    lastHour: 0,
    busiestHour: 0,
  });
});

it('is refused where the area has no such station, and where it would be over, as to throttle is', () => {
  const { now } = busyLane();
  const picture = pictureAfter(busyLane());
  const asked = (facts: { stationCode?: string; endsAt?: number }) => () =>
    previewThrottle(picture, { ...lane, trucksPerHour: 3, ...facts }, now);
  expect(asked({ stationCode: 'YW' })).toThrow(
    expect.objectContaining({ kind: 'not_found', code: 'STATION.NOT_FOUND' }) as Error,
  );
  expect(asked({ endsAt: now })).toThrow(
    expect.objectContaining({ kind: 'invalid', code: 'LANE.ENDS_BEFORE_START' }) as Error,
  );
  expect(asked({ endsAt: now + 1 })).not.toThrow();
  expect(asked({ stationCode: undefined })).not.toThrow();
});
