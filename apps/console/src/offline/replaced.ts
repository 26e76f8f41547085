import { idToCome, type LoggedStep, withoutPhone } from './logged-step.js';
import type { NewStep } from './step-kinds.js';

interface Bringing {
  readonly driverId?: string | undefined;
  readonly carrierId?: string | undefined;
}

/** Who brings the truck by steps, and for whom; of who is taken in, what stands for his ids. */
function bringing(steps: readonly NewStep[], keyOfIntake?: string): Bringing {
  for (const step of steps) if (step.kind === 'arrival') return step.body;
  if (keyOfIntake === undefined || !steps.some(({ kind }) => kind === 'intake')) return {};
  return { driverId: idToCome('driver', keyOfIntake), carrierId: idToCome('carrier', keyOfIntake) };
}

const waitingAfter = (steps: readonly LoggedStep[], old: LoggedStep): readonly LoggedStep[] =>
  steps.filter(
    ({ state, order, about }) => state === 'waiting' && order > old.order && about.plate === old.about.plate,
  );

const names = ({ step }: LoggedStep, driverId: string): boolean =>
  JSON.stringify(step.body ?? {}).includes(JSON.stringify(driverId));

/** The places of steps that stand for another one: after it, and before whatever is next. */
export function placesAfter(steps: readonly LoggedStep[], { order }: LoggedStep, count: number): readonly number[] {
  const next = Math.min(Math.floor(order) + 1, ...steps.map((each) => each.order).filter((each) => each > order));
  return Array.from({ length: count }, (_, index) => order + ((next - order) * (index + 1)) / (count + 1));
}

/** A check that stands for another one asks for the same handoff: steps that wait behind it name that. */
export function withHandoffOf(step: NewStep, old: NewStep | undefined): NewStep {
  if (step.kind !== 'check' || old?.kind !== 'check' || step.body.handoffId === undefined) return step;
  const { handoffId } = old.body;
  return handoffId === undefined ? step : { ...step, body: { ...step.body, handoffId } };
}

/** A step that is not sent any more. */
export const discarded = (step: LoggedStep, discardedFor: string, settledAt: number): LoggedStep => ({
  ...step,
  step: withoutPhone(step.step),
  state: 'discarded',
  discardedFor,
  settledAt,
});

/**
 * Steps that wait behind one for which others were entered, as they are now: they name the driver who is named now, and an
 * arrival that was entered anew with its driver is not sent a second time. Those that stay as they are are left out.
 */
export function afterReplacing(
  steps: readonly LoggedStep[],
  old: LoggedStep,
  replacement: readonly NewStep[],
  settledAt: number,
): readonly LoggedStep[] {
  const before = bringing([old.step], old.requestId);
  const after = bringing(replacement);
  if (before.driverId === undefined || after.driverId === undefined) return [];
  const renames = new Map<unknown, string | undefined>(
    (['driverId', 'carrierId'] as const)
      .filter((who) => before[who] !== undefined && before[who] !== after[who])
      .map((who) => [before[who], after[who]]),
  );
  return waitingAfter(steps, old)
    .filter((each) => [...renames.keys()].some((id) => names(each, String(id))))
    .map((each) =>
      each.step.kind === 'arrival'
        ? discarded(each, 'replaced', settledAt)
        : { ...each, step: renamed(each.step, renames) },
    );
}

/** An arrival of a driver who was not taken in cannot be sent: a person has to say who brings the truck. */
export function afterDiscarding(
  steps: readonly LoggedStep[],
  old: LoggedStep,
  settledAt: number,
): readonly LoggedStep[] {
  if (old.step.kind !== 'intake') return [];
  const driverId = idToCome('driver', old.requestId);
  return waitingAfter(steps, old)
    .filter((each) => each.step.kind === 'arrival' && names(each, driverId))
    .map((each) => ({ ...each, state: 'refused', settledAt, problem: { code: 'OFFLINE.DRIVER_UNKNOWN', detail: '' } }));
}

/** A field whose value is renamed to nothing is left out. */
function renamed(step: NewStep, renames: ReadonlyMap<unknown, string | undefined>): NewStep {
  const body: unknown = JSON.parse(JSON.stringify(step.body), (_field, value: unknown) =>
    renames.has(value) ? renames.get(value) : value,
  );
  return { ...step, body } as NewStep;
}
