import { type ExceptionRole, exceptionRoles, type ExceptionStep } from '@yizhan/policy';
import fc from 'fast-check';
import { acknowledgeException } from './acknowledge-exception.js';
import { assignException } from './assign-exception.js';
import { clockOf, escalate, type Exception } from './exception.js';
import { raise } from './raising.js';
import { resolveException } from './resolve-exception.js';

const start = Date.parse('2026-03-02T00:00:00Z');
const nowAt = (at: number) => ({ at, newId: (what: string) => what });
const byId = 'operator:lin';

function opened(steps: readonly ExceptionStep[], stationCode: string | null = 'JD'): Exception {
  const about = {
    subject: 'visit/v',
    areaCode: 'area',
    stationCode,
    visitId: 'v',
    runId: null,
    carrierId: null,
  } as const;
  const [change] = raise(about, [], 'no_show', nowAt(start), { exceptions: { no_show: { steps } } }).exceptions;
  if (!change || !('opened' in change)) throw new Error('nothing was opened');
  return change.opened;
}

const anySteps = fc
  .subarray([...exceptionRoles])
  .chain((roles) =>
    fc.tuple(
      ...roles.map((role) => fc.integer({ min: 1, max: 10_000 }).map((withinSeconds) => ({ role, withinSeconds }))),
    ),
  ) as fc.Arbitrary<ExceptionStep[]>;

test('it rises through the steps of its policy, each at its time, and then stays', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      let exception = opened(steps);
      const rose = [];
      while (clockOf(exception).dueAt !== null) {
        const at = clockOf(exception).dueAt ?? 0;
        rose.push([exceptionRoles[exception.level], at]);
        const next = escalate(exception, nowAt(at));
        if (!next) throw new Error('a clock runs and leads nowhere');
        exception = next.exception;
      }
      // The slow way: the times one after the other; nobody follows on the last.
      const expected: [ExceptionRole, number][] = [];
      let at = start;
      for (const { role, withinSeconds } of steps.slice(0, -1)) {
        at += withinSeconds * 1000;
        expected.push([role, at]);
      }
      expect(rose).toEqual(expected);
      const last = steps.at(-1);
      expect(exception.dueAt).toBe(last ? at + last.withinSeconds * 1000 : null);
      expect(exception.owner).toBe(last?.role === 'command_centre' ? 'area' : 'JD');
      expect(escalate(exception, nowAt(at))).toBeUndefined();
    }),
  );
});

test('what no station can deal with is the command centre’s from the beginning', () => {
  const all = exceptionRoles.map((role) => ({ role, withinSeconds: 60 }));
  expect(opened(all, null)).toMatchObject({ owner: 'area', level: 2 });
  const handOver = () => assignException(opened(all, null), { byId, role: 'operator' }, nowAt(start));
  expect(handOver).toThrow('name the station');
});

test('whoever takes it over has not acknowledged it, and what is over is escalated no more', () => {
  const all = exceptionRoles.map((role) => ({ role, withinSeconds: 60 }));
  const { exception: seen } = acknowledgeException(opened(all), { byId }, nowAt(start + 30_000));
  expect(seen).toMatchObject({ dueAt: start + 90_000, personId: byId, acknowledgedBy: byId });
  const risen = escalate(seen, nowAt(start + 90_000))?.exception;
  expect(risen).toMatchObject({ level: 1, personId: null, acknowledgedAt: null });
  const { exception: resolved } = resolveException(seen, { byId, resolution: 'done' }, nowAt(start + 60_000));
  expect(escalate(resolved, nowAt(start + 90_000))).toBeUndefined();
  expect(clockOf(resolved).dueAt).toBeNull();
});
