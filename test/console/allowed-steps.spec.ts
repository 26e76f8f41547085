import fc from 'fast-check';
import { allowedSteps, type Stands } from '../../apps/console/src/offline/allowed-steps.js';
import { nextSteps } from '../../apps/station/src/cases/next-steps.js';
import { type HandoffState, handoffTable } from '../../apps/station/src/handoffs/handoff.js';
import { type Standing, visitTable } from '../../apps/station/src/visits/visit.js';

const instant = fc.constantFrom(null, 1_000, 2_000);
const standings = fc.record({
  state: fc.constantFrom(...Object.keys(visitTable)),
  handoffState: fc.constantFrom(null, ...(Object.keys(handoffTable) as HandoffState[])),
  checked: fc.constantFrom(null, true, false),
  held: fc.boolean(),
  holds: fc.constantFrom([], ['one']),
  queue: fc.constantFrom(null, 'outside', 'inside'),
  calledAt: instant,
  arrivedAt: instant,
  expectedAt: instant,
  releasedAt: instant,
  passBlock: fc.constantFrom(null, 'PASS.MISSING'),
});

const told = (value: number | null) => (value === null ? undefined : new Date(value).toISOString());
const given = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));

it('what the console offers without the service is what the service would offer', () => {
  fc.assert(
    fc.property(standings, ({ handoffState, passBlock, ...visit }) => {
      const handoff = handoffState === null ? undefined : { state: handoffState, passBlock };
      const standing = { visit, handoff } as unknown as Standing;
      const { calledAt, arrivedAt, expectedAt, releasedAt, ...rest } = visit;
      const stands = given({
        ...rest,
        handoffState,
        passBlock,
        calledAt: told(calledAt),
        arrivedAt: told(arrivedAt),
        expectedAt: told(expectedAt),
        releasedAt: told(releasedAt),
      });
      expect(allowedSteps(stands as unknown as Stands).toSorted()).toEqual(nextSteps(standing).toSorted());
    }),
    { numRuns: 5_000 },
  );
});
