/** Steps of a truck that lead on, in the order in which one is shown as the next. */
export const leading = [
  'arrive',
  'complete',
  'start',
  'accept',
  'assign',
  'release_cargo',
  'depart',
  'check',
  'call',
  'queue',
] as const;

export type LeadingStep = (typeof leading)[number];

/** Steps that lead aside: they stand behind the next one, for when something is otherwise. */
export const aside = [
  'hold_cargo',
  'lift_hold',
  'end_call',
  'decline',
  'report_no_show',
  'withdraw',
  'abort',
  'cancel',
  'retract_arrival',
  'retract_announced_arrival',
] as const;

export type AsideStep = (typeof aside)[number];

/** What the guide goes by. */
export interface GuidedCase {
  readonly state: string;
  readonly allowedSteps: readonly string[];
  readonly checked?: boolean;
  readonly held: boolean;
  readonly handoffState?: string;
  /** Of a truck that has left: how. */
  readonly outcome?: string;
}

/** The stations of the way through a handoff, as they are shown on the truck's page. */
export const milestones = ['arrive', 'check', 'assign', 'accept', 'start', 'complete', 'depart'] as const;

/** How many milestones a truck has behind it; undefined where it has left, or will not come, without going that way. */
export function milestonesDone({ state, checked, held, handoffState, outcome }: GuidedCase): number | undefined {
  if (state === 'departed') return outcome === 'swapped' ? milestones.length : undefined;
  if (state === 'cancelled') return undefined;
  if (state !== 'arrived') return 0;
  const ofHandoff: Readonly<Record<string, number>> = {
    requested: 2,
    assigned: 3,
    accepted: 4,
    started: 5,
    completed: 6,
  };
  const reached = ofHandoff[handoffState ?? ''];
  if (reached !== undefined) return reached;
  return checked === true && !held ? 2 : 1;
}

/** The one step to offer first: of those that the service allows, the one that leads on from here. */
export function nextStep(guided: GuidedCase): LeadingStep | undefined {
  const { allowedSteps, checked, held, handoffState } = guided;
  const may = (step: LeadingStep): boolean => allowedSteps.includes(step);
  // A truck that may leave unswapped is not sent away before its check or its driver: that is a choice of the operator.
  const isDone = handoffState === 'completed';
  if (!isDone && (checked !== true || held || handoffState === 'aborted') && may('check')) return 'check';
  return leading.find((step) => {
    if (!may(step)) return false;
    if (step === 'depart') return isDone && !may('release_cargo');
    if (step === 'check' || step === 'call' || step === 'queue') return !isDone && handoffState === undefined;
    return true;
  });
}

/** Everything else that the service allows, for a person to choose. */
export function otherSteps(guided: GuidedCase): readonly (LeadingStep | AsideStep)[] {
  const next = nextStep(guided);
  return [...leading, ...aside].filter((step) => step !== next && guided.allowedSteps.includes(step));
}
