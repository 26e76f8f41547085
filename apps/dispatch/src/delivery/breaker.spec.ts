import { afterFailure, inOrder, isGivenUp, opensAfter } from './breaker.js';

const hour = 3_600_000;

describe('an endpoint that fails', () => {
  const after = (count: number, now = 0) =>
    Array.from({ length: count }).reduce<typeof inOrder>(
      (before) => afterFailure(before, before.heldUntil ?? now, 0, 0),
      inOrder,
    );

  it('is left alone after five failures in a row, for longer each time, up to five minutes', () => {
    expect(after(opensAfter - 1).heldUntil).toBeNull();
    const pauses = [5, 6, 7, 8, 9, 10, 11, 12, 13].map((count) => {
      const [one, other] = [after(count), after(count - 1)];
      return ((one.heldUntil ?? 0) - (other.heldUntil ?? 0)) / 1_000;
    });
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  });

  it('is not left alone for longer by what was under way already', () => {
    const open = after(opensAfter);
    const more = Array.from({ length: 20 }).reduce<typeof inOrder>((before) => afterFailure(before, 1, 0, 0), open);
    expect(more).toEqual(open);
  });

  it('is left alone for as long as it asks, up to an hour', () => {
    expect(afterFailure(inOrder, 0, 30_000, 0).heldUntil).toBe(30_000);
    expect(afterFailure(inOrder, 0, 100 * hour, 0).heldUntil).toBe(hour);
  });

  it('is given up after a week of nothing else', () => {
    const failing = { failures: 9, failingSince: 0, heldUntil: null };
    expect(isGivenUp(failing, 7 * 24 * hour - 1)).toBe(false);
    expect(isGivenUp(failing, 7 * 24 * hour)).toBe(true);
    expect(isGivenUp({ ...failing, failures: 2 }, 7 * 24 * hour)).toBe(false);
    expect(isGivenUp(inOrder, 7 * 24 * hour)).toBe(false);
  });
});
