import { pictureAfter } from '../../../../test/support/area-picture.js';
import { AreaStory, minute } from '../../../../test/support/area-story.js';
import { matchArea } from '../matching/match-area.js';
import { previewLoan } from './preview-loan.js';

const lender = new AreaStory().network().onShift('R1').onShift('R2').waits('G1').waits('G2');
const borrower = new AreaStory('quzhou').network().waits('G3').waits('G4');
const described = { driverId: 'R1', insideZoneId: 'yiwu', licences: ['A2'] };

it('says how many trucks wait longer where a driver leaves', () => {
  expect(previewLoan(pictureAfter(lender), { driverId: 'R1' }, lender.now)).toMatchObject({
    areaCode: 'jinhua',
    effect: 'loses',
    waiting: 2,
    servedBefore: 2,
    servedAfter: 1,
    waitLonger: 1,
    waitShorter: 0,
    changes: [
      { plate: 'G1', before: 'R1', after: 'R2' },
      { plate: 'G2', before: 'R2' },
    ],
  });
});

it('and how many wait less where he would be', () => {
  expect(previewLoan(pictureAfter(borrower), described, borrower.now)).toMatchObject({
    areaCode: 'quzhou',
    effect: 'gains',
    waiting: 2,
    servedBefore: 0,
    servedAfter: 1,
    waitLonger: 0,
    waitShorter: 1,
    changes: [{ plate: 'G3', after: 'R1' }],
  });
});

it('counts how far it is from where he would report', () => {
  const far = previewLoan(pictureAfter(borrower), { ...described, stationCode: 'JX' }, borrower.now);
  expect(far).toMatchObject({ servedAfter: 1, delayAfter: 118 });
});

it('says that nobody would miss a driver who is not needed', () => {
  const idle = new AreaStory().network().onShift('R1').onShift('R2').waits('G1');
  expect(previewLoan(pictureAfter(idle), { driverId: 'R2' }, idle.now)).toMatchObject({ waitLonger: 0, changes: [] });
});

it('counts the announced trucks that would have a driver', () => {
  const soon = new AreaStory().network().onShift('R1');
  soon.announces('G1', soon.now + 20 * minute);
  const preview = previewLoan(pictureAfter(soon), { driverId: 'R1' }, soon.now);
  expect([preview.announcedBefore, preview.announcedAfter]).toEqual([1, 0]);
});

it('changes nothing', () => {
  const [here, there] = [pictureAfter(lender), pictureAfter(borrower)];
  const before = [matchArea(here, lender.now), matchArea(there, borrower.now)];
  previewLoan(here, { driverId: 'R1' }, lender.now);
  previewLoan(there, described, borrower.now);
  expect([matchArea(here, lender.now), matchArea(there, borrower.now)]).toEqual(before);
});

it('asks what a driver is whom the area does not know, and of a zone that it serves', () => {
  const picture = pictureAfter(borrower);
  expect(() => previewLoan(picture, { driverId: 'R1' }, borrower.now)).toThrow('say in which zone he is');
  expect(() => previewLoan(picture, { ...described, insideZoneId: 'dongyang' }, borrower.now)).toThrow(
    'does not serve',
  );
});
