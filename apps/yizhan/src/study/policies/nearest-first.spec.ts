import { pictureAfter } from '../../../../../test/support/area-picture.js';
import { AreaStory, minute, monday } from '../../../../../test/support/area-story.js';
import { nearestFirst } from './nearest-first.js';

const decided = (story: AreaStory): string[] =>
  nearestFirst
    .decide(pictureAfter(story), story.now)
    .decisions.map((decision) =>
      decision.kind === 'proposed'
        ? `${decision.handoff.visit.plate} ${decision.driverId}`
        : `${decision.handoff.visit.plate} ${decision.blockers.map(({ rule }) => rule).join(' ')}`,
    );

describe('first come, first served by the nearest driver', () => {
  it('serves who was ready first, whatever the priority', () => {
    const story = new AreaStory().network().onShift('R1').waits('G1');
    story.at(monday + minute).waits('G2', { priority: 9 });
    expect(decided(story)).toEqual(['G1 R1', 'G2 outbid']);
  });

  it('takes the driver who is nearest, and of equals the lower id', () => {
    const story = new AreaStory().network().onShift('R1', ['A2'], 'JX').onShift('R3').onShift('R2').waits('G1');
    expect(decided(story)).toEqual(['G1 R2']);
  });

  it('says why a truck waits, once', () => {
    const story = new AreaStory().network().onShift('R1', ['C1']).waits('G1');
    const picture = pictureAfter(story);
    const { decisions } = nearestFirst.decide(picture, story.now);
    expect(decisions).toMatchObject([{ kind: 'withheld', blockers: [{ rule: 'licence', drivers: 1 }] }]);
    const [waiting] = picture.waiting.values();
    waiting.statedRules = 'licence';
    expect(nearestFirst.decide(picture, story.now).decisions).toEqual([]);
  });
});
