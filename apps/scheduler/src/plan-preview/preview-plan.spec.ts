import { pictureAfter } from '../../../../test/support/area-picture.js';
import { AreaStory, minute } from '../../../../test/support/area-story.js';
import { matchArea } from '../matching/match-area.js';
import { previewPlan } from './preview-plan.js';

const told = new AreaStory().network().onShift('R1', ['A2']).onShift('R2', ['B2'], 'JX').waits('G1');
const picture = pictureAfter(told);
const [zoneId] = [...picture.policyOfZone.keys()];

it('says which trucks would have another driver, and what it does to their delay', () => {
  const preview = previewPlan(picture, zoneId, { spareLicenceSeconds: 0 }, told.now + minute);
  expect(preview).toMatchObject({
    zoneId,
    waiting: 1,
    servedBefore: 1,
    servedAfter: 1,
    delayBefore: 118,
    delayAfter: 0,
    weights: { before: { spareLicenceSeconds: 100, drivenMinuteSeconds: 1 }, after: { spareLicenceSeconds: 0 } },
    changes: [{ handoffId: told.handoffOf('G1'), plate: 'G1', before: 'R2', after: 'R1' }],
  });
});

it('changes nothing, and finds nothing where the weights are as they are', () => {
  const before = matchArea(picture, told.now);
  expect(previewPlan(picture, zoneId, {}, told.now).changes).toEqual([]);
  expect(matchArea(picture, told.now)).toEqual(before);
});

it('counts empty travel where it has a weight', () => {
  const near = new AreaStory().network().onShift('R1', ['A2']).onShift('R2', ['B2'], 'JX').waits('G1');
  const { changes } = previewPlan(pictureAfter(near), zoneId, { emptyTravelMinuteSeconds: 300 }, near.now);
  expect(changes).toEqual([expect.objectContaining({ before: 'R2', after: 'R1' })]);
});

it('says what it does to count announced trucks, or not', () => {
  const soon = new AreaStory().network().onShift('R1').waits('G1');
  soon.announces('G2', soon.now + 20 * minute, { priority: 5 });
  const preview = previewPlan(pictureAfter(soon), zoneId, { announcedWithinSeconds: 0 }, soon.now);
  expect(preview).toMatchObject({
    waiting: 1,
    servedBefore: 0,
    servedAfter: 1,
    changes: [{ plate: 'G1', after: 'R1' }],
  });
});

it('refuses a zone whose rules were not published', () => {
  const unknown = { ...picture, policies: new Map() };
  expect(() => previewPlan(unknown, zoneId, {}, told.now)).toThrow('the rules of zone');
});
