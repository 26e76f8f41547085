import { inOrder, type Fortune } from './breaker.js';
import type { ActiveRow } from './deliveries.repository.js';
import { EndpointFortune } from './endpoint-fortune.js';

const rowOf = ({ failures, failingSince, heldUntil }: Fortune): ActiveRow =>
  ({ failures, failing_since: failingSince, held_until: heldUntil }) as ActiveRow;

/** As one process sees it, with what it has written. */
function start(): { fortune: EndpointFortune; written: Fortune[] } {
  const written: Fortune[] = [];
  const write = (fortune: Fortune): Promise<void> => Promise.resolve(void written.push(fortune));
  const warn = (error: unknown): void => {
    throw error;
  };
  return { fortune: new EndpointFortune(rowOf(inOrder), write, warn), written };
}

const read = (fortune: EndpointFortune, row: Fortune): void => fortune.update(rowOf(row), performance.now());

describe('EndpointFortune', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['performance'] }));
  afterEach(() => void jest.useRealTimers());

  it('is in order where this process delivered after another one saw it fail, of which it hears later', async () => {
    const { fortune, written } = start();
    fortune.succeeded(2_000);
    read(fortune, { failures: 6, failingSince: 1_000, heldUntil: 9_000 });
    expect(fortune.capacity).toBeGreaterThan(1);
    await jest.advanceTimersByTimeAsync(100);
    // What the endpoint has asked for, or its pause, is kept.
    expect(written).toEqual([{ failures: 0, failingSince: null, heldUntil: 9_000 }]);
  });

  it('fails where it has failed since this process delivered', async () => {
    const { fortune, written } = start();
    fortune.succeeded(1_000);
    read(fortune, { failures: 6, failingSince: 2_000, heldUntil: null });
    expect(fortune.capacity).toBe(1);
    await jest.advanceTimersByTimeAsync(100);
    expect(written).toEqual([]);
  });
});
