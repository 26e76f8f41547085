import { pictureAfter } from '../../../../test/support/area-picture.js';
import { AreaStory, hour, minute } from '../../../../test/support/area-story.js';
import { matchArea } from '../matching/match-area.js';
import { previewStation } from './preview-station.js';

const story = (): AreaStory => new AreaStory().network().onShift('R1', ['A2'], 'JX');

it('says who waits in vain where a station is suspended, and who gets a driver instead', () => {
  const told = story().waits('G1', { priority: 5 }).waits('G2', { station: 'JX' });
  told.announces('G3', told.now + 20 * minute);
  expect(previewStation(pictureAfter(told), 'JD', 'suspended', told.now)).toMatchObject({
    stationCode: 'JD',
    areaCode: 'jinhua',
    stateBefore: 'open',
    stateAfter: 'suspended',
    waiting: 2,
    waitLonger: 1,
    waitShorter: 1,
    waitingHere: 1,
    notReadyHere: 0,
    announcedHere: 1,
    lastHourHere: 0,
    changes: [
      { plate: 'G1', before: 'R1' },
      { plate: 'G2', after: 'R1' },
    ],
  });
});

it('counts who stands there and is not ready yet, and who got a driver there in the last hour', () => {
  const told = story().onShift('R2').waits('G0').assigns('G0', 'R2');
  told.arrives('G4').arrives('G5').checks('G5').arrives('G6', { station: 'JX' }).waits('G1');
  const preview = () => previewStation(pictureAfter(told), 'JD', 'suspended', told.now);
  expect(preview()).toMatchObject({ waitingHere: 1, notReadyHere: 2, lastHourHere: 1 });
  // Who was swapped is on his way out.
  told.completes('G0', { kind: 'driver', id: 'O1' }, 'R2');
  expect(preview()).toMatchObject({ notReadyHere: 2 });
});

it('and who would have one where it goes on; what it is already changes nothing', () => {
  const told = story().waits('G1').stationBecomes('JD', 'suspended');
  const picture = pictureAfter(told);
  const before = matchArea(picture, told.now);
  expect(previewStation(picture, 'JD', 'open', told.now)).toMatchObject({
    servedBefore: 0,
    servedAfter: 1,
    waitShorter: 1,
  });
  expect(previewStation(picture, 'JD', 'suspended', told.now)).toMatchObject({
    waitLonger: 0,
    waitShorter: 0,
    changes: [],
  });
  expect(matchArea(picture, told.now)).toEqual(before);
});

it('says what would wait at the other stations if the trucks that are announced here came there', () => {
  const told = story().waits('G1', { station: 'JX' }).assigns('G1', 'R1');
  told
    .at(told.now + 30 * minute)
    .announces('G2', told.now + minute)
    .announces('G3', told.now + 2 * minute);
  told.announces('G4', told.now + 3 * minute, { station: 'JX' }).stationBecomes('PJ', 'cut_off');
  const picture = pictureAfter(told);
  expect(previewStation(picture, 'JD', 'suspended', told.now).others).toEqual([
    {
      stationCode: 'JX',
      waiting: 0,
      announced: 1,
      lastHour: 1,
      busiestHour: 1,
      // One an hour: G4 is ready at 13, and has to wait until G1 is an hour ago, at 30.
      before: {
        trucks: 1,
        held: 1,
        never: 0,
        usualWaitSeconds: 17 * 60,
        longestWaitSeconds: 17 * 60,
        doneAt: told.now + 30 * minute,
      },
      after: {
        trucks: 3,
        held: 3,
        never: 0,
        usualWaitSeconds: 78 * 60,
        longestWaitSeconds: 137 * 60,
        doneAt: told.now + 150 * minute,
      },
    },
  ]);
  const [unchanged] = previewStation(picture, 'JD', 'open', told.now).others;
  expect(unchanged?.before?.trucks).toBe(1);
  // Not reckoned again.
  expect(unchanged?.after).toBe(unchanged?.before);
});

it('and nothing of how long where it has not been seen to work', () => {
  const told = story().announces('G2', story().now + minute);
  const others = previewStation(pictureAfter(told), 'JD', 'closed', told.now).others;
  expect(others).toEqual(
    ['JX', 'PJ'].map((stationCode) => ({ stationCode, waiting: 0, announced: 0, lastHour: 0, busiestHour: 0 })),
  );
});

it('nor where the last truck that got a driver did so more than a day ago', () => {
  const told = story().waits('G1', { station: 'JX' }).assigns('G1', 'R1');
  told.at(told.now + 24 * hour);
  const [outlook] = previewStation(pictureAfter(told), 'JD', 'closed', told.now).others;
  expect(outlook).toEqual({ stationCode: 'JX', waiting: 0, announced: 0, lastHour: 0, busiestHour: 0 });
  const [before] = previewStation(pictureAfter(told), 'JD', 'closed', told.now - 1).others;
  expect(before).toMatchObject({ stationCode: 'JX', busiestHour: 1 });
});
