import type { Yizhan } from '@yizhan/client';
import { asking, keyed, yizhanOf } from '../api/yizhan.js';
import { currentSession } from '../session/current-session.js';
import type { NewStep, StepKind, StepOf } from './step-kinds.js';

type Options = { readonly headers: ReturnType<typeof keyed>; readonly signal: AbortSignal };
type Routes = {
  readonly [Kind in StepKind]: (yizhan: Yizhan, step: StepOf<Kind>, options: Options) => Promise<unknown>;
};

const visit = ({ id = '' }: { readonly id?: string }) => ({ path: { visitId: id } });
const handoff = ({ id = '' }: { readonly id?: string }) => ({ path: { handoffId: id } });

/** The route that each kind of step is sent to while the service can be reached. */
const routes: Routes = {
  announcement: (yizhan, { body }, options) => yizhan.visits.announce({ ...options, body }),
  intake: (yizhan, { body }, options) => yizhan.intakes.takeIn({ ...options, body }),
  arrival: (yizhan, { body }, options) => yizhan.visits.arrive({ ...options, body }),
  queue: (yizhan, step, options) => yizhan.visits.queue({ ...options, ...visit(step), body: step.body }),
  call: (yizhan, step, options) => yizhan.visits.call({ ...options, ...visit(step), body: step.body }),
  call_end: (yizhan, step, options) => yizhan.visits.endCall({ ...options, ...visit(step), body: step.body }),
  check: (yizhan, step, options) => yizhan.visits.check({ ...options, ...visit(step), body: step.body }),
  hold: (yizhan, step, options) => yizhan.cargo.hold({ ...options, ...visit(step), body: step.body }),
  hold_lifting: (yizhan, { id = '', partId = '', body }, options) =>
    yizhan.cargo.liftHold({ ...options, path: { visitId: id, holdId: partId }, body }),
  release: (yizhan, step, options) => yizhan.cargo.release({ ...options, ...visit(step) }),
  departure: (yizhan, step, options) => yizhan.visits.depart({ ...options, ...visit(step), body: step.body }),
  cancellation: (yizhan, step, options) => yizhan.visits.cancel({ ...options, ...visit(step), body: step.body }),
  retraction: (yizhan, step, options) => yizhan.visits.retractArrival({ ...options, ...visit(step), body: step.body }),
  taking_back: (yizhan, { body }, options) => yizhan.corrections.retract({ ...options, body }),
  assignment: (yizhan, step, options) => yizhan.handoffs.assign({ ...options, ...handoff(step), body: step.body }),
  acceptance: (yizhan, step, options) => yizhan.handoffs.accept({ ...options, ...handoff(step), body: step.body }),
  decline: (yizhan, step, options) => yizhan.handoffs.decline({ ...options, ...handoff(step), body: step.body }),
  no_show: (yizhan, step, options) => yizhan.handoffs.reportNoShow({ ...options, ...handoff(step), body: step.body }),
  withdrawal: (yizhan, step, options) => yizhan.handoffs.withdraw({ ...options, ...handoff(step), body: step.body }),
  start: (yizhan, step, options) => yizhan.handoffs.start({ ...options, ...handoff(step), body: step.body }),
  completion: (yizhan, step, options) => yizhan.handoffs.complete({ ...options, ...handoff(step), body: step.body }),
  abortion: (yizhan, step, options) => yizhan.handoffs.abort({ ...options, ...handoff(step), body: step.body }),
};

/** An answer that has not come by then is taken for lost, milliseconds. */
const patience = 8_000;

/**
 * Asks the service at once, in the name of who has logged the step. @throws ProblemError of a refusal, SessionOver where somebody
 * else is signed in, and something else where no answer came.
 */
export async function askOnline(step: NewStep, key: string, account: string): Promise<unknown> {
  // Who has to sign in again first takes as long as he takes.
  await currentSession.token(account);
  const yizhan = yizhanOf(account);
  const route = routes[step.kind] as (yizhan: Yizhan, step: NewStep, options: Options) => Promise<unknown>;
  return asking(() => route(yizhan, step, { headers: keyed(key), signal: AbortSignal.timeout(patience) }));
}
