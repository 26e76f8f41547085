/**
 * Loaded before a program that is to believe that it is earlier: `node --import …/put-clock-back.js`, with the milliseconds
 * in `YIZHAN_BENCH_CLOCK_BACK`.
 */
const Present = Date;

/** Puts the clock of this process back, or with 0 right again. @param milliseconds how far. */
export function putClockBack(milliseconds: number): void {
  if (milliseconds === 0) {
    globalThis.Date = Present;
    return;
  }
  const now = (): number => Present.now() - milliseconds;
  globalThis.Date = new Proxy(Present, {
    construct: (target, given: [], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as object,
    get: (target, name, receiver) => (name === 'now' ? now : (Reflect.get(target, name, receiver) as unknown)),
  });
}

const asked = process.env['YIZHAN_BENCH_CLOCK_BACK'];
if (asked !== undefined) putClockBack(Number(asked));
