import type { Override, Seal } from '@yizhan/contracts';
import { Problem } from '@yizhan/kernel';
import type { OverridableRule } from '@yizhan/policy';
import { isSameSeal } from '../cargo/seal.js';
import { invalid } from '../cases/problems.js';
import type { TruckCase } from '../cases/truck-case.js';
import type { Approval } from '../evidence/collected.js';
import type { Handoff } from './handoff.js';

/** What a request says of an override; who approves it is looked up. */
export type AskedOverride = Omit<Override, 'secondId'> &
  Partial<Pick<Override, 'secondId'>> & {
    /** Whoever asks may not do it alone under any policy: an operator. */
    readonly needsSecond?: boolean;
  };

/** How long an approval stands. */
export const approvalSeconds = 900;

/** Those that bind a driver: an approval for one of them names him. */
export const ofTheDriver: readonly string[] = ['hours', 'credentials', 'shift', 'travel'] satisfies OverridableRule[];

/** @throws Problem `invalid` where the policy does not let this be overridden. */
export function assertOverridable({ place }: Pick<TruckCase, 'place'>, rule: string): void {
  const overridable: readonly string[] = place.rules.overridable;
  if (overridable.includes(rule)) return;
  throw invalid('OVERRIDE.NOT_POSSIBLE', `${rule} can not be overridden under this policy`, { rule, overridable });
}

/** @throws Problem `forbidden` where a key of a system decides: a second person is a person. */
export function assertPerson(byId: string): void {
  if (!byId.startsWith('system:')) return;
  throw new Problem('forbidden', 'OVERRIDE.NEEDS_PERSON', 'a person decides an override, no system', { byId });
}

/**
 * The overrides as they are recorded, each with its second person where the policy asks for one: somebody else, who has
 * approved it for this handoff and this driver and not too long ago. @throws Problem `invalid` or `forbidden`.
 */
export function approved(
  truckCase: Pick<TruckCase, 'place' | 'handoff'>,
  overrides: readonly AskedOverride[],
  driverId: string,
  at: number,
  seal?: Seal,
): Override[] {
  return overrides.map(({ secondId, needsSecond = false, ...override }) => {
    const { rule, byId } = override;
    assertOverridable(truckCase, rule);
    const isNeeded = needsSecond || (truckCase.place.rules.secondPerson?.some((other) => other === rule) ?? false);
    if (!isNeeded && secondId === undefined) return override;
    const approval = truckCase.handoff?.collected?.approvals?.find(
      (other) =>
        other.rule === rule &&
        other.byId !== byId &&
        other.expiresAt > at &&
        (secondId === undefined || other.byId === secondId) &&
        (!ofTheDriver.includes(rule) || other.driverId === driverId) &&
        isOfSeal(other, seal),
    );
    if (approval) return { ...override, secondId: approval.byId };
    const message = `a second person has to approve it: ask a shift lead of the station for an override of ${rule}`;
    throw new Problem('forbidden', 'OVERRIDE.NEEDS_SECOND_PERSON', message, { rule });
  });
}

/** Who was shown a seal has approved that one, as it was. */
const isOfSeal = ({ seal: shown }: Approval, seen: Seal | undefined): boolean =>
  shown === undefined || isSameSeal(shown, seen);

/** The handoff without the approvals that stand behind these overrides: each is good for one. */
export function withApprovalsUsed<H extends Pick<Handoff, 'collected'>>(handoff: H, used: readonly Override[]): H {
  const { collected } = handoff;
  if (!collected?.approvals || used.length === 0) return handoff;
  const isUsed = ({ rule, byId }: Pick<Approval, 'rule' | 'byId'>): boolean =>
    used.some((other) => other.rule === rule && other.secondId === byId);
  const { overrideRequests, approvals, ...others } = collected;
  const left = overrideRequests?.filter(
    ({ decision, rule, decidedById: byId = '' }) => decision !== 'approved' || !isUsed({ rule, byId }),
  );
  return {
    ...handoff,
    collected: {
      ...others,
      approvals: approvals.filter((each) => !isUsed(each)),
      ...(left && { overrideRequests: left }),
    },
  };
}
