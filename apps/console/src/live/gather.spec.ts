import { gather } from './gather.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Work that takes so long, and how often it was begun. */
function workFor(milliseconds: number) {
  const state = { begun: 0, running: 0, most: 0 };
  const work = async () => {
    state.begun += 1;
    state.running += 1;
    state.most = Math.max(state.most, state.running);
    await new Promise((done) => setTimeout(done, milliseconds));
    state.running -= 1;
  };
  return { state, work };
}

it('is done at once for the first, and once more for all who asked while it ran', async () => {
  const { state, work } = workFor(50);
  const { call } = gather(work, { after: 0, pause: 10 });
  call();
  await jest.advanceTimersByTimeAsync(1);
  expect(state.begun).toBe(1);
  for (let event = 0; event < 20; event += 1) call();
  await jest.advanceTimersByTimeAsync(1_000);
  expect(state).toEqual({ begun: 2, running: 0, most: 1 });
});

it('is done with what comes within a time, and never twice at once, however fast they ask', async () => {
  const { state, work } = workFor(200);
  const { call } = gather(work, { after: 100, pause: 0 });
  for (let event = 0; event < 100; event += 1) {
    call();
    await jest.advanceTimersByTimeAsync(10);
  }
  // 100 ms until the first, then one after the other for as long as somebody asks.
  expect(state.most).toBe(1);
  expect(state.begun).toBe(5);
});

it('forgets what waits, also after what runs', async () => {
  const { state, work } = workFor(50);
  const { call, cancel } = gather(work, { after: 100, pause: 0 });
  call();
  cancel();
  await jest.advanceTimersByTimeAsync(1_000);
  expect(state.begun).toBe(0);
  call();
  await jest.advanceTimersByTimeAsync(120);
  call();
  cancel();
  await jest.advanceTimersByTimeAsync(1_000);
  expect(state.begun).toBe(1);
});
