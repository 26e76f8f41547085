import { LogReader } from '@yizhan/event-log';
import { AreaStory, minute, monday } from '../../../../test/support/area-story.js';
import { openSchedulerGround, type SchedulerGround } from '../../../../test/support/start-scheduler.js';
import { type DecidedAgain, DecideAgain } from './decide-again.js';

let ground: SchedulerGround;

beforeEach(async () => {
  ground = await openSchedulerGround();
});
afterEach(() => ground.close());

const decidedAgain = (): Promise<DecidedAgain> =>
  new DecideAgain(ground.database, new LogReader(ground.database)).execute();

/** Two owners decide after each other over an hour of trucks, refusals, declines and withheld ones. */
async function anHour(): Promise<AreaStory> {
  const story = new AreaStory().network().onShift('R1').onShift('R2', ['B2']).enrols('R3');
  const at = (minutes: number): AreaStory => {
    ground.clock.moveTo(monday + minutes * minute);
    return story.at(monday + minutes * minute);
  };
  for (const owner of ['a', 'b']) {
    const scheduler = await ground.start(owner);
    const from = owner === 'a' ? 0 : 30;
    const steps = [
      () => at(from + 1).waits(`G${from + 1}`),
      () => at(from + 2).waits(`G${from + 2}`, { licence: 'A2' }),
      () => at(from + 3).assigns(`G${from + 1}`, 'R2'),
      () => at(from + 4).waits(`G${from + 4}`, { priority: 5 }),
      () => at(from + 5).assignmentEnds(`G${from + 1}`, 'R2', 'declined'),
      () => at(from + 12).aborts(`G${from + 2}`),
    ];
    for (const step of steps) {
      await ground.write(step());
      await scheduler.drain();
    }
    await scheduler.stop();
  }
  return story;
}

it('comes to the same decisions from the log alone, over a change of owner', async () => {
  await anHour();
  const told = await ground.database.rows('SELECT 1 FROM scheduler.decisions');
  expect(told.length).toBeGreaterThanOrEqual(10);
  expect(await decidedAgain()).toEqual({ areas: 1, decisions: told.length, same: told.length, differences: [] });
});

it('finds a decision that does not follow from the log', async () => {
  const story = await anHour();
  const handoffId = story.handoffOf('G1');
  await ground.database.rows(
    `UPDATE scheduler.decisions SET driver_id = 'R9' WHERE kind = 'proposed' AND handoff_id = $1 AND decided_at =
       (SELECT min(decided_at) FROM scheduler.decisions WHERE handoff_id = $1)`,
    [handoffId],
  );
  const { decisions, same, differences } = await decidedAgain();
  expect(same).toBeLessThan(decisions);
  expect(differences[0]).toMatchObject({ areaCode: 'jinhua', handoffId, before: 'driver R9', again: 'driver R2' });
});
