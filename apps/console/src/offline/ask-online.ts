import { asking, keyed, yizhan } from '../api/yizhan.js';
import { currentSession } from '../session/current-session.js';
import type { NewStep, StepKind, StepOf } from './step-kinds.js';

type Options = { readonly headers: ReturnType<typeof keyed>; readonly signal: AbortSignal };
type Routes = { readonly [Kind in StepKind]: (step: StepOf<Kind>, options: Options) => Promise<unknown> };

const visit = ({ id = '' }: { readonly id?: string }) => ({ path: { visitId: id } });
const handoff = ({ id = '' }: { readonly id?: string }) => ({ path: { handoffId: id } });

/** The route that each kind of step is sent to while the service can be reached. */
const routes: Routes = {
  announcement: ({ body }, options) => yizhan.visits.announce({ ...options, body }),
  intake: ({ body }, options) => yizhan.intakes.takeIn({ ...options, body }),
  arrival: ({ body }, options) => yizhan.visits.arrive({ ...options, body }),
  queue: (step, options) => yizhan.visits.queue({ ...options, ...visit(step), body: step.body }),
  call: (step, options) => yizhan.visits.call({ ...options, ...visit(step), body: step.body }),
  call_end: (step, options) => yizhan.visits.endCall({ ...options, ...visit(step), body: step.body }),
  check: (step, options) => yizhan.visits.check({ ...options, ...visit(step), body: step.body }),
  hold: (step, options) => yizhan.cargo.hold({ ...options, ...visit(step), body: step.body }),
  hold_lifting: ({ id = '', partId = '', body }, options) =>
    yizhan.cargo.liftHold({ ...options, path: { visitId: id, holdId: partId }, body }),
  release: (step, options) => yizhan.cargo.release({ ...options, ...visit(step) }),
  departure: (step, options) => yizhan.visits.depart({ ...options, ...visit(step), body: step.body }),
  cancellation: (step, options) => yizhan.visits.cancel({ ...options, ...visit(step), body: step.body }),
  retraction: (step, options) => yizhan.visits.retractArrival({ ...options, ...visit(step), body: step.body }),
  taking_back: ({ body }, options) => yizhan.corrections.retract({ ...options, body }),
  assignment: (step, options) => yizhan.handoffs.assign({ ...options, ...handoff(step), body: step.body }),
  acceptance: (step, options) => yizhan.handoffs.accept({ ...options, ...handoff(step), body: step.body }),
  decline: (step, options) => yizhan.handoffs.decline({ ...options, ...handoff(step), body: step.body }),
  no_show: (step, options) => yizhan.handoffs.reportNoShow({ ...options, ...handoff(step), body: step.body }),
  withdrawal: (step, options) => yizhan.handoffs.withdraw({ ...options, ...handoff(step), body: step.body }),
  start: (step, options) => yizhan.handoffs.start({ ...options, ...handoff(step), body: step.body }),
  completion: (step, options) => yizhan.handoffs.complete({ ...options, ...handoff(step), body: step.body }),
  abortion: (step, options) => yizhan.handoffs.abort({ ...options, ...handoff(step), body: step.body }),
};

/** An answer that has not come by then is taken for lost, milliseconds. */
const patience = 8_000;

/** Asks the service at once. @throws ProblemError of a refusal, and something else where no answer came. */
export async function askOnline(step: NewStep, key: string): Promise<unknown> {
  // Who has to sign in again first takes as long as he takes.
  await currentSession.token();
  const route = routes[step.kind] as (step: NewStep, options: Options) => Promise<unknown>;
  return asking(() => route(step, { headers: keyed(key), signal: AbortSignal.timeout(patience) }));
}
