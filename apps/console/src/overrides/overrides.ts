import type { RequestOverrideRequest } from '@yizhan/client';
import type { Board } from '../board/use-board.js';

export type OverrideRequest = Board['overrideRequests'][number];

const driverRules = [
  'hours',
  'credentials',
  'shift',
  'travel',
] as const satisfies readonly RequestOverrideRequest['rule'][];
export type DriverRule = (typeof driverRules)[number];

/** What the scheduler says can be overridden for a driver, where it is one of the rules that are asked for. */
export const driverRule = (code: string | undefined): DriverRule | undefined =>
  driverRules.find((rule) => rule === code);

/** Why somebody asks for an override, by what it is about. */
export const reasonsOf = (rule: string): readonly string[] =>
  rule === 'seal'
    ? ['customs_resealed', 'torn_on_the_way', 'wrong_in_papers', 'emergency']
    : ['no_other_driver', 'perishable_cargo', 'line_would_stop', 'emergency'];

/** What a person has to do about one: decide it, or make the override that somebody has let him make. */
export function isFor(request: OverrideRequest, accountId: string | undefined): 'decide' | 'make' | undefined {
  if (request.allowedSteps.includes('approve')) return 'decide';
  return request.state === 'approved' && request.byId === accountId ? 'make' : undefined;
}

/** Those who may still do something with it first; what was refused last. */
export function byWhatIsNext(requests: readonly OverrideRequest[], accountId: string | undefined): OverrideRequest[] {
  const rank = (request: OverrideRequest): number => {
    const next = isFor(request, accountId);
    if (next) return next === 'decide' ? 0 : 1;
    return request.state === 'refused' ? 3 : 2;
  };
  return requests.toSorted((one, other) => rank(one) - rank(other) || one.expiresAt.localeCompare(other.expiresAt));
}
