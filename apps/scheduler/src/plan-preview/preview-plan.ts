import { Injectable } from '@nestjs/common';
import type { PolicyRef } from '@yizhan/contracts';
import { Clock, Problem } from '@yizhan/kernel';
import { type CostWeights, weightsOf } from '@yizhan/policy';
import { Contest } from '../candidates/contest.js';
import { type AreaPicture, policyInForce, policyKey } from '../picture/area-picture.js';
import { WatchedAreas } from '../picture/watched-areas.js';
import { WatchedPicture } from '../answers/watched-picture.js';

/** A handoff that would have another driver, one instead of none, or none. */
export interface PlanChange {
  readonly handoffId: string;
  readonly plate: string;
  readonly stationCode: string;
  readonly before?: string;
  readonly after?: string;
}

/** What other weights would do to the plan for the handoffs that wait now. */
export interface PlanPreview {
  readonly zoneId: string;
  readonly areaCode: string;
  readonly at: number;
  /** The last event of the area that was seen. */
  readonly basedOnPosition: number;
  readonly policy: PolicyRef;
  readonly weights: { readonly before: CostWeights; readonly after: CostWeights };
  /** Handoffs of the zone that wait, and how many of them have a driver in either plan. */
  readonly waiting: number;
  readonly servedBefore: number;
  readonly servedAfter: number;
  /** Seconds from when trucks could start to when they start with their drivers. */
  readonly delayBefore: number;
  readonly delayAfter: number;
  /** Most urgent first. */
  readonly changes: readonly PlanChange[];
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
  const [waiting, waitingAfter] = [waitingOf(before, zoneId), waitingOf(after, zoneId)];
  return {
    zoneId,
    areaCode: picture.areaCode,
    at: now,
    basedOnPosition: picture.position,
    policy: policy.ref,
    weights,
    waiting: waiting.length,
    servedBefore: served(before, waiting),
    servedAfter: served(after, waitingAfter),
    delayBefore: delay(before, waiting),
    delayAfter: delay(after, waitingAfter),
    changes: waiting.flatMap((index) => changeOf(before, after, index) ?? []),
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

/** Places of the handoffs of a zone. */
const waitingOf = ({ rows }: Contest, zoneId: string): readonly number[] =>
  rows.flatMap((row, index) => ('handoff' in row && row.handoff.visit.zoneId === zoneId ? [index] : []));

const served = ({ plan }: Contest, rows: readonly number[]): number => rows.filter((row) => plan[row]).length;

const delay = ({ plan }: Contest, rows: readonly number[]): number =>
  rows.reduce((sum, row) => sum + (plan[row]?.parts.delaySeconds ?? 0), 0);

/** Weights neither let anybody wait nor change who is urgent, but may count more or fewer of the announced. */
function changeOf(before: Contest, after: Contest, index: number): PlanChange | undefined {
  const row = before.rows[index];
  if (!('handoff' in row)) return undefined;
  const { handoffId, visit } = row.handoff;
  const [one, other] = [before.plan[index]?.driver.driverId, after.plan[after.indexOf(handoffId)]?.driver.driverId];
  if (one === other) return undefined;
  return {
    handoffId,
    plate: visit.plate,
    stationCode: visit.stationCode,
    ...(one === undefined ? {} : { before: one }),
    ...(other === undefined ? {} : { after: other }),
  };
}
