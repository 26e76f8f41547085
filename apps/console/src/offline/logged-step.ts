import type { NewStep, About, StepKind } from './step-kinds.js';
import { isPlan } from './step-kinds.js';

/** `overtaken`: a plan that was refused, while what was done afterwards was taken. */
export type StepState = 'waiting' | 'done' | 'overtaken' | 'refused' | 'discarded';

/** Why the service has refused a step, as Problem Details say it. */
export interface Refusal {
  readonly status?: number;
  readonly code: string;
  readonly detail: string;
}

/** What is so instead, as the service says it. */
export interface TrueNow {
  readonly visit?: {
    readonly visitId: string;
    readonly state: string;
    readonly handoffState?: string;
    readonly driverId?: string;
    readonly queue?: string;
    readonly held: boolean;
  };
  readonly truck?: { readonly custodian?: { readonly kind: string; readonly id: string } };
}

/** A step as it lies on this device, until it has been settled and for a while afterwards. */
export interface LoggedStep {
  /** Steps are sent by it; a step that stands for another one has the place of that. */
  readonly order: number;
  /** Its `Idempotency-Key`, however often and by whichever route it is sent. */
  readonly requestId: string;
  readonly step: NewStep;
  readonly about: About;
  /** When it happened, RFC 3339, by the service's clock as far as this device knows it. */
  readonly time: string;
  /** When it was entered: epoch milliseconds of this device. */
  readonly loggedAt: number;
  /** Who has logged it: it is sent in his name alone. */
  readonly account: string;
  readonly state: StepState;
  /** Until then a form waits for the answer itself: epoch milliseconds of this device. */
  readonly heldUntil?: number;
  /** What it takes back was not in the log yet: how often the service has said so, and when it is asked again. */
  readonly notLogged?: { readonly tries: number; readonly until: number };
  /** A number for the truck's driver to remember until the service has given one. */
  readonly provisionalNo?: string;
  /** When it was settled: epoch milliseconds of this device. */
  readonly settledAt?: number;
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly problem?: Refusal;
  readonly now?: TrueNow;
  readonly discardedFor?: string;
}

/** How one step of an upload came out. */
export interface UploadResult {
  readonly requestId: string;
  readonly status: 'done' | 'done_before' | 'refused' | 'not_tried' | 'not_logged';
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly problem?: Readonly<Record<string, unknown>>;
  readonly now?: TrueNow;
}

/** As many as one upload takes. */
export const mostInUpload = 200;

/** A log that has not got it after as many tries, five minutes at least, is not going to: a person has to look. */
const mostTries = 30;
const comesAgainAfter = 10_000;

const placeholder = /"@(driver|carrier):[^"]*"/;

/** The id of somebody whom the service has not yet given one: of who is taken in by a step that waits. */
export const idToCome = (who: 'driver' | 'carrier', intake: string): string => `@${who}:${intake}`;
export const isToCome = (id: string | undefined): boolean => id?.startsWith('@') ?? false;

const namesWhoIsToCome = ({ step }: LoggedStep): boolean => placeholder.test(JSON.stringify(step.body ?? {}));

/** A step with the ids that an intake was given, instead of those that stood for them. */
export function withGivenIds<S extends NewStep>(step: S, intakes: readonly LoggedStep[]): S {
  if (step.body === undefined) return step;
  let text = JSON.stringify(step.body);
  if (!placeholder.test(text)) return step;
  for (const { requestId, answer } of intakes) {
    for (const who of ['driver', 'carrier'] as const) {
      const given = answer?.[`${who}Id`];
      if (typeof given === 'string') text = text.replaceAll(`"${idToCome(who, requestId)}"`, JSON.stringify(given));
    }
  }
  return { ...step, body: JSON.parse(text) as S['body'] };
}

/** Whether a form asks the service for it itself, and shows that it does. */
export const isHeld = ({ heldUntil = 0 }: LoggedStep, now: number): boolean => heldUntil > now;

/** Kept on this device alone, as a person is told. */
export const isKept = (step: LoggedStep): boolean => step.state === 'waiting' && !isHeld(step, Date.now());

/** Steps by the tap that has logged them, in their order: a ticket is one thing to a person, and two steps. */
export function byTap(steps: readonly LoggedStep[]): readonly (readonly [LoggedStep, ...LoggedStep[]])[] {
  const taps = new Map<string, [LoggedStep, ...LoggedStep[]]>();
  for (const step of steps) {
    const name = `${step.about.visitId} ${step.time}`;
    const others = taps.get(name);
    if (others) others.push(step);
    else taps.set(name, [step]);
  }
  return [...taps.values()];
}

/** How often a person has tapped. */
export const tapsIn = (steps: readonly LoggedStep[]): number => byTap(steps).length;

const inOrder = (steps: readonly LoggedStep[]): readonly LoggedStep[] =>
  steps.toSorted((one, other) => one.order - other.order);

/** Facts that were refused hold up what was logged of their trucks before that was known. */
function isHeldUp(step: LoggedStep, refused: readonly LoggedStep[]): boolean {
  return refused.some(
    ({ about, order, settledAt = 0 }) =>
      about.plate === step.about.plate && order < step.order && step.loggedAt <= settledAt,
  );
}

const refusedFacts = (steps: readonly LoggedStep[]): readonly LoggedStep[] =>
  steps.filter(({ state, step }) => state === 'refused' && !isPlan(step.kind));

/** Steps that wait for a person to settle what stands before them. */
export const heldUp = (steps: readonly LoggedStep[]): readonly LoggedStep[] => {
  const refused = refusedFacts(steps);
  return steps.filter((step) => step.state === 'waiting' && isHeldUp(step, refused));
};

/** Who has logged what is to be sent before a step, where that is somebody else. */
export const waitsForAnother = (step: LoggedStep, steps: readonly LoggedStep[]): string | undefined =>
  steps.find(
    ({ state, account, order, about }) =>
      state === 'waiting' && account !== step.account && order < step.order && about.plate === step.about.plate,
  )?.account;

/** Steps of the same truck that wait to be sent after one: they were entered as if it had been done. */
export const waitingBehind = (
  { order, about }: Pick<LoggedStep, 'order' | 'about'>,
  steps: readonly LoggedStep[],
): readonly LoggedStep[] =>
  inOrder(steps).filter((each) => each.state === 'waiting' && each.order > order && each.about.plate === about.plate);

/** Whether another step may be entered for one: it was refused, or waits here and no form asks for it. */
export const mayStandFor = (step: LoggedStep | undefined, now: number): boolean =>
  step?.state === 'refused' || (step?.state === 'waiting' && !isHeld(step, now));

/**
 * Whether an answer says how a step came out: of one that waits each, and of one that was left while it was under way that it has
 * been done all the same.
 */
export const isAnsweredBy = ({ state }: LoggedStep, { status }: UploadResult): boolean =>
  state === 'waiting' || (state === 'discarded' && (status === 'done' || status === 'done_before'));

/** Whether a new step may be asked for at once: of its truck nothing waits, whoever has logged it, and of who logs it nothing at all. */
export const mayAskAtOnce = (steps: readonly LoggedStep[], plate: string, account: string, now: number): boolean =>
  !steps.some(
    (each) =>
      each.state === 'waiting' && (each.about.plate === plate || (each.account === account && !isHeld(each, now))),
  );

/** What can be sent now in somebody's name, in order: of each truck as far as nothing stands in the way. */
export function nextUpload(steps: readonly LoggedStep[], account: string, now: number): readonly LoggedStep[] {
  const refused = refusedFacts(steps);
  const behind = new Set<string>();
  const upload: LoggedStep[] = [];
  for (const step of inOrder(steps)) {
    if (step.state !== 'waiting') continue;
    const { plate } = step.about;
    const mustWait =
      behind.has(plate) ||
      step.account !== account ||
      isHeld(step, now) ||
      (step.notLogged?.until ?? 0) > now ||
      namesWhoIsToCome(step) ||
      isHeldUp(step, refused);
    if (mustWait) behind.add(plate);
    else upload.push(step);
  }
  return upload.slice(0, mostInUpload);
}

/** A step after the service has answered it; one that was not tried waits on. */
export function settled(step: LoggedStep, result: UploadResult, settledAt: number): LoggedStep {
  const rest = { ...step };
  delete (rest as { heldUntil?: number }).heldUntil;
  delete (rest as { notLogged?: object }).notLogged;
  delete (rest as { discardedFor?: string }).discardedFor;
  switch (result.status) {
    case 'done':
    case 'done_before':
      return {
        ...rest,
        step: withoutPhone(step.step),
        state: 'done',
        settledAt,
        ...(result.answer && { answer: result.answer }),
      };
    case 'refused':
      return {
        ...rest,
        state: 'refused',
        settledAt,
        problem: refusalIn(result.problem),
        ...(result.now && { now: result.now }),
      };
    case 'not_logged': {
      const tries = (step.notLogged?.tries ?? 0) + 1;
      if (tries >= mostTries) return settled(step, { ...result, status: 'refused' }, settledAt);
      return { ...rest, notLogged: { tries, until: settledAt + comesAgainAfter } };
    }
    default:
      return rest;
  }
}

/** Once the service has it, or is never to get it, this device has no use for it. */
export function withoutPhone(step: NewStep): NewStep {
  if (step.kind !== 'intake') return step;
  const body = { ...step.body, phone: '', ...(step.body.name !== undefined && { name: '' }) };
  return { ...step, body: body.carrierPhone === undefined ? body : { ...body, carrierPhone: '' } };
}

function refusalIn(problem: UploadResult['problem'] = {}): Refusal {
  const { code, detail, status } = problem;
  return {
    code: typeof code === 'string' ? code : 'UNKNOWN',
    detail: typeof detail === 'string' ? detail : '',
    ...(typeof status === 'number' && { status }),
  };
}

const assigning: ReadonlySet<StepKind> = new Set<StepKind>(['assignment', 'acceptance']);

/** Plans of a swap that gave way to the swap itself: nobody has to look at them. */
export function withOvertaken(steps: readonly LoggedStep[]): readonly LoggedStep[] {
  const swapped = new Map(
    steps.flatMap(({ state, step, order }) => (state === 'done' && step.kind === 'start' ? [[step.id, order]] : [])),
  );
  return steps.map((each) => {
    const swap = swapped.get(each.step.id);
    const isOver = each.state === 'refused' && assigning.has(each.step.kind) && swap !== undefined && each.order < swap;
    return isOver ? { ...each, state: 'overtaken' } : each;
  });
}
