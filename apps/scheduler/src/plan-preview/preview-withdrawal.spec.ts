import { pictureAfter } from '../../../../test/support/area-picture.js';
import { AreaStory } from '../../../../test/support/area-story.js';
import { ThrottledStory } from '../../../../test/support/throttled-story.js';
import { matchArea } from '../matching/match-area.js';
import type { AreaPicture } from '../picture/area-picture.js';
import { previewWithdrawal, type WithdrawalPreview } from './preview-withdrawal.js';

const story = (): AreaStory => new AreaStory().network().onShift('R1', ['B2']);

function preview(told: AreaStory, plate: string, picture: AreaPicture = pictureAfter(told)): WithdrawalPreview {
  const handoff = picture.handoffs.get(told.handoffOf(plate));
  if (!handoff) throw new Error(`${plate} has no handoff`);
  return previewWithdrawal(picture, handoff, told.now);
}

it('says that the same driver would be asked again where he suits best', () => {
  const told = story().onShift('R2', ['B2'], 'JX').waits('G1').assigns('G1', 'R1');
  expect(preview(told, 'G1')).toMatchObject({
    areaCode: 'jinhua',
    stationCode: 'JD',
    driverId: 'R1',
    nextDriverId: 'R1',
    plannedStartAt: told.now,
  });
});

it('says who would come instead where the driver would go to a truck that hurries more', () => {
  const told = story().onShift('R2', ['B2'], 'JX').waits('G1').assigns('G1', 'R1').waits('G2', { priority: 5 });
  expect(preview(told, 'G1')).toMatchObject({ driverId: 'R1', nextDriverId: 'R2' });
});

it('says that nobody would come; what is asked changes nothing, and is what comes', () => {
  const told = story().waits('G1').assigns('G1', 'R1').waits('G2', { priority: 5 });
  const picture = pictureAfter(told);
  const before = matchArea(picture, told.now);
  expect(preview(told, 'G1', picture)).toMatchObject({ driverId: 'R1', nextDriverId: undefined });
  expect(matchArea(picture, told.now)).toEqual(before);
  told.assignmentEnds('G1', 'R1', 'withdrawn');
  const { decisions } = matchArea(pictureAfter(told), told.now);
  const proposed = decisions.flatMap((each) =>
    each.kind === 'proposed' ? [[each.handoff.handoffId, each.driverId]] : [],
  );
  expect(proposed).toEqual([[told.handoffOf('G2'), 'R1']]);
});

it.each(['R1', 'X9'])('gives the place of the truck on a throttled lane back when %s is withdrawn', (driverId) => {
  const told = new ThrottledStory().network().onShift('R1').throttles(1).waits('G1').assigns('G1', driverId);
  const picture = pictureAfter(told);
  expect(preview(told, 'G1', picture)).toMatchObject({ driverId, nextDriverId: 'R1' });
  expect([...picture.assigned.keys()]).toEqual([told.handoffOf('G1')]);
});

it('is refused where nobody is assigned', () => {
  const told = story().waits('G1');
  expect(() => preview(told, 'G1')).toThrow('has no driver');
});
