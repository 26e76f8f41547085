import { pictureAfter } from '../../../../test/support/area-picture.js';
import { AreaStory, hour, minute, monday } from '../../../../test/support/area-story.js';
import { comingBack } from './coming-back.js';
import { type Match, matchArea } from './match-area.js';

/** Half an hour by road from the other stations. */
const far = 29.235;
const began = monday - hour;

/** R1 is inside with G1 since an hour; R2 stands at a station half an hour away. */
function story(): AreaStory {
  const told = new AreaStory().at(began).network().station('FAR', far).onShift('R1').outsider('O1');
  return told.sendsIn('G1', 'O1', 'R1').onShift('R2', ['A2'], 'FAR').at(monday);
}

/** The same, and R1 has been back for twenty minutes. */
function back(): AreaStory {
  return story()
    .at(monday - 20 * minute)
    .bringsBack('G1', 'R1')
    .at(monday);
}

function said({ decisions }: Match): string[] {
  return decisions.map((decision) =>
    decision.kind === 'proposed'
      ? `${decision.handoff.visit.plate}: ${decision.driverId}`
      : `${decision.handoff.visit.plate}: ${decision.blockers.map(({ rule, drivers }) => `${rule} ${drivers}`).join(', ')}`,
  );
}

const matchOf = (told: AreaStory, now = told.now): Match => matchArea(pictureAfter(told), now);

describe('a driver who comes back soon', () => {
  it('is waited for where one who is free could start only later', () => {
    const told = back().waits('G2');
    const match = matchOf(told);
    expect(said(match)).toContainEqual('G2: busy 1, starts_later 1, awaits_driver 1');
    const blocks = match.decisions.find(({ handoff }) => handoff.visit.plate === 'G2')?.inputs.blocks;
    // Until enough has been seen, handing back is expected to take half an hour.
    expect(blocks?.at(-1)).toEqual({
      rule: 'awaits_driver',
      drivers: 1,
      driverIds: ['R1'],
      until: monday + 10 * minute,
    });
  });

  it('is looked for again when he should be free', () => {
    const { lookAgainAt } = matchOf(back().waits('G2'));
    expect(lookAgainAt).toBe(monday + 10 * minute);
  });

  it('is not waited for where a free one can start as soon', () => {
    expect(said(matchOf(back().onShift('R3').waits('G2')))).toContainEqual('G2: R3');
  });

  it('is not waited for while he is far from back', () => {
    expect(said(matchOf(story().waits('G2')))).toEqual(['G2: R2']);
  });

  it('leaves the free driver to the more urgent of two trucks', () => {
    const told = back().onShift('R3').waits('G2').waits('G3', { priority: 7 });
    expect(said(matchOf(told))).toEqual(
      expect.arrayContaining(['G3: R3', 'G2: busy 1, outbid 1, starts_later 1, awaits_driver 1']),
    );
  });

  it('is not counted on once he is overdue', () => {
    const told = story().waits('G2');
    const picture = pictureAfter(told);
    expect([...comingBack(picture, began + 2 * hour).values()].map(({ freeAt }) => freeAt)).toEqual([
      began + 2.5 * hour,
    ]);
    expect(comingBack(picture, began + 2 * hour + 1).size).toBe(0);
  });

  it('is not one who has the truck before it leaves, nor an outside driver', () => {
    const told = new AreaStory().at(began).network().onShift('R1').outsider('O1').waits('G1', { by: 'O1' });
    told.assigns('G1', 'R1').completes('G1', { kind: 'driver', id: 'O1' }, 'R1');
    expect(comingBack(pictureAfter(told), told.now).size).toBe(0);
  });

  it('is expected by how long the last ones took', () => {
    const told = new AreaStory().at(began).network().outsider('O1');
    for (let day = 1; day <= 12; day += 1) {
      const id = `R${day}`;
      told.onShift(id).sendsIn(`T${day}`, 'O1', id);
      told.at(told.now + 40 * minute).bringsBack(`T${day}`, id);
      told.at(told.now + 5 * minute).assigns(`T${day}`, 'O1');
      told.completes(`T${day}`, { kind: 'driver', id }, 'O1').departs(`T${day}`, 'O1');
    }
    told.onShift('R99').sendsIn('G1', 'O1', 'R99');
    const [coming] = comingBack(pictureAfter(told), told.now).values();
    expect(coming?.driver.driverId).toBe('R99');
    expect(coming?.freeAt).toBe(told.now + 45 * minute);
  });
});
