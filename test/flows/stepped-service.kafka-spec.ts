import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { LogReader, newEvent, Outbox } from '@yizhan/event-log';
import { ManualClock, SeededIds } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import type { StepAnswer, StepRequest } from '@yizhan/service-process';
import { ClusterGround } from '../support/cluster-ground.js';
import { ServiceProcess } from '../support/service-process.js';

jest.setTimeout(120_000);

const monday = Date.parse('2026-03-02T00:00:00.000Z');
const areaCode = 'jinhua';

let ground: ClusterGround;
let scheduler: ServiceProcess;
let database: Database;
let asked = 0;

beforeAll(async () => {
  ground = await ClusterGround.open();
  await ground.start('publisher');
  database = await ground.database.open('station');
  const settings = { args: ['--stepped', '--seed', '1'], hasChannel: true };
  scheduler = ground.add(await ServiceProcess.start('scheduler', ground.variablesOf('scheduler'), settings));
});

afterAll(() => ground?.close());

type Step = StepRequest extends infer R ? (R extends StepRequest ? Omit<R, 'id'> : never) : never;

async function step(request: Step): Promise<number | boolean | null> {
  asked += 1;
  const id = asked;
  scheduler.child.send({ id, ...request });
  const [answer] = (await once(scheduler.child, 'message')) as [StepAnswer];
  expect(answer.id).toBe(id);
  if ('error' in answer) throw new Error(answer.error);
  return answer.result;
}

/** Publishes a policy as the station does. @returns its position. */
async function publishPolicy(version: string): Promise<number> {
  const outbox = new Outbox('/yizhan/station', new ManualClock(monday), new SeededIds(version), () => undefined);
  const event = newEvent({
    name: 'policy.published',
    subject: `policy/${areaCode}`,
    areaCode,
    time: monday,
    data: { policy: { id: 'cn-freight', version }, rules: {} } as never,
  });
  const reader = new LogReader(database);
  const before = await reader.head();
  await database.transaction(async (tx) => outbox.append(tx, { id: version, causationId: 'test' }, [event]));
  while ((await reader.head()) === before) await pause(20);
  return reader.head();
}

it('moves only when it is told to, and says how far it is', async () => {
  expect(await step({ do: 'moveClock', at: monday })).toBeNull();
  expect(await step({ do: 'nextDueAt' })).toBeNull();
  const position = await publishPolicy('2026-11');
  expect(await step({ do: 'reached', positions: { [areaCode]: position } })).toBeNull();
  await pause(1_500);
  // Nobody else has told it: that would be to decide by itself.
  expect(await step({ do: 'caughtUp' })).toBe(true);
  expect(await step({ do: 'caughtUp' })).toBe(false);
  expect(await step({ do: 'fireTimers' })).toBe(0);
  expect(await step({ do: 'fireWakes' })).toBe(0);
});

it('refuses to go back in time', async () => {
  await expect(step({ do: 'moveClock', at: monday - 1 })).rejects.toThrow('cannot go back');
});

it('ends when its parent lets go of it', async () => {
  scheduler.child.disconnect();
  expect(await scheduler.ended()).toBe(0);
});
