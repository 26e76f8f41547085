import { ProblemError } from '@yizhan/client';
import { type LoggedStep, nextUpload, settled, type UploadResult } from './logged-step.js';
import { sendInParts } from './upload-parts.js';

const me = 'operator:lin';
const notLogged = 'RECORD.NOT_LOGGED';

const logged = (order: number, plate = `浙G1000${order}`): LoggedStep => ({
  order,
  requestId: `key-${order}`,
  step: { kind: 'release', id: 'v', body: undefined },
  about: { visitId: plate, plate, stationCode: 'jindong' },
  time: '2026-03-02T00:00:00.000Z',
  loggedAt: order,
  account: me,
  state: 'waiting',
});

const problem = (status: number, code: string) =>
  new ProblemError(
    { type: 'about:blank', title: '', status, detail: '', code, instance: '', requestId: '' },
    'to upload what was logged',
  );

/** A service whose answer to an upload with a step of `bad` is a problem for all of it. */
const service = (bad: number, error: Error) => (steps: readonly LoggedStep[]) =>
  steps.some(({ order }) => order === bad)
    ? Promise.reject(error)
    : Promise.resolve(steps.map(({ requestId }): UploadResult => ({ requestId, status: 'done' })));

/** Sends each 10 s, as the outbox does, until nothing waits or as many times. */
async function send(before: readonly LoggedStep[], ask: Parameters<typeof sendInParts>[1], most: number) {
  let steps = before;
  let now = 0;
  let passes = 0;
  for (; passes < most && steps.some(({ state }) => state === 'waiting'); passes += 1) {
    for (;;) {
      const next = nextUpload(steps, me, now);
      if (next.length === 0) break;
      const results = await sendInParts(next, ask);
      steps = steps.map((step) => {
        const result = results.find(({ requestId }) => requestId === step.requestId);
        return result ? settled(step, result, now) : step;
      });
    }
    now += 10_000;
  }
  return { steps, passes };
}

const statesOf = (steps: readonly LoggedStep[]) => steps.map(({ state }) => state);

it('lets what takes back something that the log has not got yet wait, and everything else go on at once', async () => {
  const all = [1, 2, 3, 4, 5].map((order) => logged(order));
  const { steps } = await send(all, service(2, problem(409, notLogged)), 1);
  expect(statesOf(steps)).toEqual(['done', 'waiting', 'done', 'done', 'done']);
  const later = await send(steps, service(0, problem(409, notLogged)), 2);
  expect(statesOf(later.steps)).toEqual(['done', 'done', 'done', 'done', 'done']);
  expect(later.steps[1]).not.toHaveProperty('notLogged');
});

it('shows it to a person where the log does not get it at all, five minutes later', async () => {
  const { steps, passes } = await send([logged(1), logged(2)], service(1, problem(409, notLogged)), 100);
  expect(statesOf(steps)).toEqual(['refused', 'done']);
  expect(passes).toBe(30);
  expect(steps[0]).toMatchObject({ problem: { code: notLogged, status: 409 } });
});

it('finds the one that makes an upload unreadable, and says nothing where nothing is known', async () => {
  const { steps } = await send(
    [1, 2, 3].map((order) => logged(order)),
    service(3, problem(400, 'REQUEST.INVALID')),
    1,
  );
  expect(statesOf(steps)).toEqual(['done', 'done', 'refused']);
  for (const error of [problem(503, 'UNAVAILABLE'), problem(409, 'REQUEST.UNDER_WAY'), new Error('no network')]) {
    await expect(sendInParts([logged(1)], service(1, error))).rejects.toBe(error);
  }
});
