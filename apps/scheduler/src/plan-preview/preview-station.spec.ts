import { pictureAfter } from '../../../../test/support/area-picture.js';
import { AreaStory, minute } from '../../../../test/support/area-story.js';
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
    announcedHere: 1,
    changes: [
      { plate: 'G1', before: 'R1' },
      { plate: 'G2', after: 'R1' },
    ],
  });
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
