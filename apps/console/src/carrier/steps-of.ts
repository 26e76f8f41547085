import { ProblemError, type SubscriptionResponse } from '@yizhan/client';
import type { Attempt } from './attempt-line.js';

export type Step = 'prove' | 'test' | 'pause' | 'resume' | 'resume_from_now' | 'rotate' | 'rotate_at_once' | 'delete';

const secrets = ['rotate', 'rotate_at_once'] as const;

/** What may be done with a subscription in each state, what leads on first. */
const steps: Readonly<Record<SubscriptionResponse['state'], readonly Step[]>> = {
  unproven: ['prove', ...secrets, 'delete'],
  active: ['test', 'pause', ...secrets, 'delete'],
  paused: ['resume', 'resume_from_now', 'test', ...secrets, 'delete'],
  disabled: ['resume', 'resume_from_now', 'test', ...secrets, 'delete'],
};

export const stepsOf = (state: SubscriptionResponse['state']): readonly Step[] => steps[state];

/** The attempt that a refusal tells of: what the endpoint made of a challenge. */
export function attemptOfProblem(error: unknown): Attempt | undefined {
  if (!(error instanceof ProblemError) || error.problem.code !== 'SUBSCRIPTION.NOT_PROVEN') return undefined;
  const { attempt } = error.problem as { readonly attempt?: Attempt };
  return attempt;
}
