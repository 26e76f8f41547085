import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock, toIso } from '@yizhan/kernel';
import { LiveClock } from './live-clock.js';
import { planReplay, type ReplayOptions } from './plan-replay.js';

let folder: string;
let options: ReplayOptions;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plan-'));
  const file = join(folder, 'passages.csv');
  writeFileSync(file, 'time,tollgate_id,direction,vehicle_model,has_etc,vehicle_type\n2016-10-19 06:52:56,1,1,1,0,1\n');
  options = { file, scenario: 'yiwu', speed: 'max', seed: '1', out: join(folder, 'out') };
});
afterEach(() => rmSync(folder, { recursive: true }));

const fault = async (changes: Partial<ReplayOptions>): Promise<string> => {
  const error = await planReplay({ ...options, ...changes }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ exitCode: 2 });
  return (error as Error).message.replaceAll(`${folder}/`, '');
};

test('at full speed it is stepped on a clock that stands half an hour before the first arrival', async () => {
  const plan = await planReplay(options);
  expect([plan.mode, plan.clock instanceof ManualClock, toIso(plan.clock.now())]).toEqual([
    'stepped',
    true,
    '2016-10-18T22:22:00.000Z',
  ]);
});

test('at another speed it runs live, on a clock that stands until it is begun', async () => {
  const { mode, clock, startsAt } = await planReplay({ ...options, speed: '60' });
  expect([mode, clock instanceof LiveClock, clock.now()]).toEqual(['live', true, startsAt]);
  if (clock instanceof LiveClock) clock.begin(startsAt + 1_000);
  expect(clock.now()).toBeGreaterThanOrEqual(startsAt + 1_000);
});

test.each<[string, Partial<ReplayOptions>, string]>([
  ['a speed that is none', { speed: 'fast' }, '--speed: fast is no speed'],
  ['no speed at all', { speed: '0' }, '--speed: 0 is no speed'],
  ['a day that is none', { day: '19.10.2016' }, '--day: 19.10.2016 is no day'],
  ['a day that the calendar does not have', { day: '2016-02-30' }, '--day: 2016-02-30 is no day'],
  ['a day that the file does not have', { day: '2016-10-20' }, 'passages.csv: no cargo vehicle leaves on 2016-10-20'],
])('%s is refused in one line, and nothing is written', async (_, changes, expected) => {
  expect(await fault(changes)).toBe(expected);
  expect(existsSync(options.out)).toBe(false);
});

test('an unknown scenario is refused with the names of those that there are', async () => {
  await expect(planReplay({ ...options, scenario: 'atlantis' })).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/^atlantis: cannot be read: /),
    mend: 'Give a scenario file, or one of: yiwu.',
  });
});

test('a replay goes on in its own folder, another one does not', async () => {
  await planReplay(options);
  await expect(planReplay(options)).resolves.toMatchObject({ mode: 'stepped' });
  expect(await fault({ seed: '2' })).toBe('out holds a replay with another seed (1)');
  expect(await fault({ day: '2016-10-19' })).toBe('out holds a replay with another day (every day)');
});
