import { policyPack } from '@yizhan/policy';
import { ManualClock, toIso } from '@yizhan/kernel';
import { AreaStory, hour, minute, monday } from '../../../test/support/area-story.js';
import {
  openSchedulerGround,
  type RunningScheduler,
  type SchedulerGround,
} from '../../../test/support/start-scheduler.js';
import { ThrottledStory } from '../../../test/support/throttled-story.js';
import { SchedulerWake } from './scheduler-wake.js';
import { ExplainDecision } from './why-not/explain-decision.js';

let ground: SchedulerGround;
let running: RunningScheduler[] = [];

beforeEach(async () => {
  ground = await openSchedulerGround();
});

afterEach(async () => {
  for (const each of running) await each.stop();
  running = [];
  await ground.close();
});

async function start(owner?: string, on = ground): Promise<RunningScheduler> {
  const scheduler = await on.start(owner);
  running.push(scheduler);
  return scheduler;
}

async function stop(scheduler: RunningScheduler): Promise<void> {
  running = running.filter((each) => each !== scheduler);
  await scheduler.stop();
}

const waitingTruck = (): AreaStory =>
  new AreaStory().network().onShift('R1').onShift('R2').waits('G1', { carrier: 'SF' });

describe('a scheduler on the log', () => {
  it('proposes a driver once and writes down why', async () => {
    const story = waitingTruck();
    const scheduler = await start();
    await ground.write(story);
    await scheduler.drain();
    await scheduler.drain();
    const [proposal, ...others] = await ground.eventsOf('assignment.proposed');
    expect(others).toEqual([]);
    const position = String(story.told.length);
    expect(proposal).toMatchObject({
      source: '/yizhan/scheduler',
      subject: `assignment/${story.handoffOf('G1')}`,
      partitionkey: 'jinhua',
      sequence: '1',
      correlationid: story.visitOf('G1'),
      causationid: (await ground.events())[story.told.length - 1]?.id,
      carrierid: 'SF',
      time: toIso(monday),
      data: {
        handoffId: story.handoffOf('G1'),
        visitId: story.visitOf('G1'),
        driverId: 'R1',
        plannedStartAt: toIso(monday),
        plannedReturnAt: toIso(monday + 2 * hour),
        epoch: 1,
        basedOnPosition: position,
        expiresAt: toIso(monday + minute),
        alternatives: [{ driverId: 'R2', cost: 200 + 480 }],
      },
    });
    expect(await scheduler.get(ExplainDecision).execute(story.handoffOf('G1'))).toMatchObject({
      areaCode: 'jinhua',
      stationCode: 'JD',
      kind: 'proposed',
      driverId: 'R1',
      decisionId: proposal?.data.decisionId,
      decidedAt: toIso(monday),
      basedOnPosition: position,
      epoch: 1,
      policy: { id: 'cn-freight', version: '2026-11' },
      eligible: 2,
      considered: [{ driverId: 'R1' }, { driverId: 'R2' }],
      reasons: [],
    });
  });

  it('says that nothing was decided where nothing was', async () => {
    const scheduler = await start();
    const asking = scheduler.get(ExplainDecision).execute('01890000-0000-7000-8000-000000000000');
    await expect(asking).rejects.toMatchObject({ kind: 'not_found', code: 'DECISION.NOT_FOUND' });
  });

  it('says why a truck waits and what would free it, and proposes when that happens (ruling 15)', async () => {
    const story = new AreaStory().network().onShift('R1', ['B2']).enrols('R2', ['A2']).waits('G1', { licence: 'A2' });
    const scheduler = await start();
    await ground.write(story);
    await scheduler.drain();
    await scheduler.drain();
    const withheld = await ground.eventsOf('assignment.withheld');
    expect(withheld.map(({ data }) => data.blockers)).toEqual([
      [
        { rule: 'licence', drivers: 1 },
        { rule: 'shift', drivers: 1 },
      ],
    ]);
    expect(await scheduler.get(ExplainDecision).execute(story.handoffOf('G1'))).toMatchObject({
      kind: 'withheld',
      reasons: [
        { rule: 'licence', driverIds: ['R1'] },
        { rule: 'shift', driverIds: ['R2'] },
      ],
    });
    await ground.write(story.startsShift('R2'));
    await scheduler.drain();
    expect((await ground.eventsOf('assignment.proposed')).map(({ data }) => data.driverId)).toEqual(['R2']);
  });

  it('keeps areas apart', async () => {
    const jinhua = waitingTruck();
    const ningbo = new AreaStory('ningbo', 'beilun').network().enrols('N1').waits('N-G1');
    const scheduler = await start();
    await ground.write(jinhua);
    await ground.write(ningbo);
    await scheduler.drain();
    expect((await ground.eventsOf('assignment.proposed')).map(({ partitionkey }) => partitionkey)).toEqual(['jinhua']);
    expect((await ground.eventsOf('assignment.withheld')).map(({ partitionkey }) => partitionkey)).toEqual(['ningbo']);
  });
});

describe('a scheduler that was killed', () => {
  it('holds a throttled lane back by what the log says of it, and goes on when the hour has room', async () => {
    const story = new ThrottledStory().network().onShift('R1').onShift('R2').throttles(1);
    story.waits('G1').assigns('G1', 'R1');
    await ground.write(story);
    const first = await start();
    await first.drain();
    await stop(first);
    await ground.write(story.waits('G2'));
    const second = await start();
    await second.drain();
    expect((await ground.eventsOf('assignment.withheld')).map(({ data }) => data.blockers)).toEqual([
      [{ rule: 'lane_throttled', drivers: 0 }],
    ]);
    ground.clock.moveTo(monday + hour);
    await second.get(SchedulerWake).fireDue();
    expect((await ground.eventsOf('assignment.proposed')).map(({ data }) => data.driverId)).toEqual(['R2']);
  });

  it('proposes nothing again after it had proposed, and keeps its epoch', async () => {
    await ground.write(waitingTruck());
    const first = await start();
    await first.drain();
    await stop(first);
    const second = await start();
    await second.drain();
    expect(await ground.eventsOf('assignment.proposed')).toHaveLength(1);
    ground.clock.moveTo(monday + minute);
    await second.get(SchedulerWake).fireDue();
    expect((await ground.eventsOf('assignment.proposed')).map(({ data }) => data.epoch)).toEqual([1, 1]);
  });

  it('proposes the same where it was killed before', async () => {
    const story = waitingTruck();
    await ground.write(story);
    const first = await start();
    await first.drain();
    const elsewhere = await openSchedulerGround(new ManualClock(monday));
    try {
      await elsewhere.write(waitingTruck());
      await elsewhere.events();
      const late = await start('single', elsewhere);
      await late.drain();
      await stop(late);
      const [one] = await ground.eventsOf('assignment.proposed');
      expect(await elsewhere.eventsOf('assignment.proposed')).toEqual([one]);
    } finally {
      await elsewhere.close();
    }
  });

  it('says nothing again of what waits', async () => {
    await ground.write(new AreaStory().network().enrols('R1').waits('G1'));
    const first = await start();
    await first.drain();
    await stop(first);
    await (await start()).drain();
    expect(await ground.eventsOf('assignment.withheld')).toHaveLength(1);
  });
});

describe('two schedulers that believe that they own an area (ruling 10)', () => {
  it('propose in different epochs, and the older one is silent once it sees the newer', async () => {
    const story = waitingTruck();
    await ground.write(story);
    const one = await start('one');
    await one.drain();
    await ground.write(story.assigns('G1', 'R1').waits('G2'));
    const two = await start('two');
    await two.drain();
    await ground.write(story.assigns('G2', 'R2').onShift('R3').waits('G3'));
    await one.drain();
    expect((await ground.eventsOf('assignment.proposed')).map(({ data }) => [data.driverId, data.epoch])).toEqual([
      ['R1', 1],
      ['R2', 2],
    ]);
    await two.drain();
    await stop(two);
    const restarted = await start('two');
    await ground.write(story.assigns('G3', 'R3').onShift('R4').waits('G4'));
    await restarted.drain();
    const again = await start('one');
    await ground.write(story.assigns('G4', 'R4').onShift('R5').waits('G5'));
    await again.drain();
    const epochs = (await ground.eventsOf('assignment.proposed')).map(({ data }) => data.epoch);
    expect(epochs).toEqual([1, 2, 2, 2, 3]);
  });

  it('do not leave an area without anybody: who still has it after a while takes the next epoch', async () => {
    const story = waitingTruck();
    await ground.write(story);
    const one = await start('one');
    await one.drain();
    await ground.write(story.assigns('G1', 'R1').waits('G2'));
    const two = await start('two');
    await two.drain();
    // Two decides no more: it was an owner of before that was late.
    await stop(two);
    await ground.write(story.assigns('G2', 'R2').onShift('R3').waits('G3'));
    await one.drain();
    expect(await ground.eventsOf('assignment.proposed')).toHaveLength(2);
    ground.clock.moveTo(ground.clock.now() + 16_000);
    await one.get(SchedulerWake).fireDue();
    await one.get(SchedulerWake).fireDue();
    const proposals = await ground.eventsOf('assignment.proposed');
    expect(proposals.slice(2).map(({ data }) => [data.driverId, data.epoch])).toEqual([['R3', 3]]);
  });

  it('are told apart by their epochs where the older one has not seen the newer: the station refuses it', async () => {
    const story = waitingTruck();
    await ground.write(story);
    const one = await start('one');
    await one.drain();
    await ground.write(story.waits('G2'));
    await (await start('two')).drain();
    ground.clock.moveTo(monday + minute);
    await one.get(SchedulerWake).fireDue();
    const proposals = await ground.eventsOf('assignment.proposed');
    expect(proposals.map(({ data }) => [data.driverId, data.epoch])).toEqual([
      ['R1', 1],
      ['R2', 2],
      ['R1', 1],
    ]);
    await ground.write(story.refuses('G1', 'R1', proposals[2]?.data.decisionId ?? '', 'stale_epoch'));
    await one.drain();
    expect(await ground.eventsOf('assignment.proposed')).toHaveLength(3);
  });

  it('begins above every epoch that the log shows, though the table was lost', async () => {
    const story = waitingTruck();
    await ground.write(story);
    for (const owner of ['one', 'two']) await (await start(owner)).drain();
    await ground.write(story.refuses('G1', 'R1', 'x', 'proposal_expired').waits('G2'));
    await (await start('three')).drain();
    await ground.database.rows('DELETE FROM scheduler.area_owners');
    await ground.write(story.onShift('R3').waits('G3'));
    await (await start('two')).drain();
    const epochs = (await ground.eventsOf('assignment.proposed')).map(({ data }) => data.epoch);
    expect(epochs.at(-1)).toBe(Math.max(...epochs.slice(0, -1)) + 1);
  });
});

describe('time that passes', () => {
  it('makes a proposal that nobody answers again when it runs out', async () => {
    await ground.write(waitingTruck());
    const scheduler = await start();
    const wake = scheduler.get(SchedulerWake);
    expect(wake.nextDueAt()).toBeUndefined();
    await scheduler.drain();
    expect(wake.nextDueAt()).toBe(monday + minute);
    ground.clock.moveTo(monday + minute - 1);
    expect(await wake.fireDue()).toBe(0);
    ground.clock.moveTo(monday + minute);
    expect(await wake.fireDue()).toBe(1);
    expect(wake.nextDueAt()).toBe(monday + 2 * minute);
    const proposals = await ground.eventsOf('assignment.proposed');
    expect(proposals.map(({ time }) => time)).toEqual([toIso(monday), toIso(monday + minute)]);
    expect(new Set(proposals.map(({ data }) => data.decisionId)).size).toBe(2);
  });

  it('lets a driver start when his hours do', async () => {
    const night = new AreaStory('jinhua', 'yiwu', policyPack('cn-strict')).network().at(monday + 17 * hour);
    ground.clock.moveTo(night.now);
    await ground.write(night.onShift('R1').waits('G1'));
    const scheduler = await start();
    await scheduler.drain();
    const dueAt = scheduler.get(SchedulerWake).nextDueAt() ?? 0;
    expect(toIso(dueAt)).toBe('2026-03-02T20:30:00.000Z');
    ground.clock.moveTo(dueAt);
    await Promise.all([scheduler.get(SchedulerWake).fireDue(), scheduler.get(SchedulerWake).fireDue()]);
    expect((await ground.eventsOf('assignment.proposed')).map(({ data }) => data.plannedStartAt)).toEqual([
      '2026-03-02T21:00:00.000Z',
    ]);
  });
});
