import { Injectable } from '@nestjs/common';
import type { PolicyRef } from '@yizhan/contracts';
import { Clock, Problem } from '@yizhan/kernel';
import { type CostWeights, weightsOf } from '@yizhan/policy';
import { Contest } from '../candidates/contest.js';
import { type PlanDifference, planDifference } from './plan-difference.js';
import { type AreaPicture, policyInForce, policyKey } from '../picture/area-picture.js';
import { WatchedAreas } from '../picture/watched-areas.js';
import { WatchedPicture } from '../answers/watched-picture.js';

/** What other weights would do to the plan for the handoffs that wait now. */
export interface PlanPreview extends PlanDifference {
  readonly zoneId: string;
  readonly areaCode: string;
  readonly at: number;
  /** The last event of the area that was seen. */
  readonly basedOnPosition: number;
  readonly policy: PolicyRef;
  readonly weights: { readonly before: CostWeights; readonly after: CostWeights };
}

/** Says what other weights would do, before anybody publishes them. Changes nothing. */
@Injectable()
export class PreviewPlan {
  constructor(
    private readonly watched: WatchedPicture,
    private readonly areas: WatchedAreas,
    private readonly clock: Clock,
  ) {}

  /** @param weights those that are not named stay. @throws Problem `not_found`, or as `WatchedPicture` does. */
  async execute(zoneId: string, weights: Partial<CostWeights>): Promise<PlanPreview> {
    for (const { picture } of this.areas.all()) {
      if (picture.policyOfZone.has(zoneId))
        return previewPlan(picture, zoneId, weights, Math.max(this.clock.now(), picture.time));
    }
    await this.watched.ofSubject(`zone/${zoneId}`);
    throw new Problem('not_found', 'ZONE.NOT_FOUND', `there is no zone ${zoneId}`, { zoneId });
  }
}

/** Pure. The zone has a policy in force. @throws Problem `conflict` where its rules were not published. */
export function previewPlan(
  picture: AreaPicture,
  zoneId: string,
  asked: Partial<CostWeights>,
  now: number,
): PlanPreview {
  const policy = policyInForce(picture, zoneId);
  if (!policy) {
    throw new Problem('conflict', 'POLICY.NOT_PUBLISHED', `the rules of zone ${zoneId} were not published`, { zoneId });
  }
  const weights = { before: weightsOf(policy.rules), after: { ...weightsOf(policy.rules), ...asked } };
  const before = new Contest(picture, now);
  const after = new Contest(withWeights(picture, zoneId, weights.after), now);
  return {
    zoneId,
    areaCode: picture.areaCode,
    at: now,
    basedOnPosition: picture.position,
    policy: policy.ref,
    weights,
    // Weights neither let anybody wait nor change who is urgent, but may count more or fewer of the announced.
    ...planDifference(before, after, ({ visit }) => visit.zoneId === zoneId),
  };
}

/** The same picture under other rules; what both share is not copied. */
function withWeights(picture: AreaPicture, zoneId: string, weights: CostWeights): AreaPicture {
  const inForce = policyInForce(picture, zoneId);
  if (!inForce) return picture;
  const ref = { ...inForce.ref, version: `${inForce.ref.version} previewed` };
  return {
    ...picture,
    policies: new Map([...picture.policies, [policyKey(ref), { ...inForce.rules, weights }]]),
    policyOfZone: new Map([...picture.policyOfZone, [zoneId, ref]]),
  };
}
