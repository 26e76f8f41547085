import { idToCome, type LoggedStep } from './logged-step.js';
import type { NewStep } from './step-kinds.js';

/** Who brings the truck by a step: of who is taken in, the id that stands for his. */
function driverBy(steps: readonly NewStep[], keyOfIntake?: string): string | undefined {
  const arrival = steps.find(({ kind }) => kind === 'arrival');
  if (arrival?.kind === 'arrival') return arrival.body.driverId;
  return steps.some(({ kind }) => kind === 'intake') && keyOfIntake !== undefined
    ? idToCome('driver', keyOfIntake)
    : undefined;
}

const waitingAfter = (steps: readonly LoggedStep[], old: LoggedStep): readonly LoggedStep[] =>
  steps.filter(
    ({ state, order, about }) => state === 'waiting' && order > old.order && about.plate === old.about.plate,
  );

const names = ({ step }: LoggedStep, driverId: string): boolean =>
  JSON.stringify(step.body ?? {}).includes(JSON.stringify(driverId));

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
  const before = driverBy([old.step], old.requestId);
  const after = driverBy(replacement);
  if (before === undefined || after === undefined || before === after) return [];
  return waitingAfter(steps, old)
    .filter((each) => names(each, before))
    .map((each) =>
      each.step.kind === 'arrival'
        ? { ...each, state: 'discarded', discardedFor: 'replaced', settledAt }
        : { ...each, step: renamed(each.step, before, after) },
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

function renamed(step: NewStep, before: string, after: string): NewStep {
  const text = JSON.stringify(step.body).replaceAll(JSON.stringify(before), JSON.stringify(after));
  return { ...step, body: JSON.parse(text) as unknown } as NewStep;
}
