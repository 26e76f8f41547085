import { Injectable } from '@nestjs/common';
import type { Flow, PolicyRef } from '@yizhan/contracts';
import { Clock, Problem } from '@yizhan/kernel';
import { WatchedPicture } from '../answers/watched-picture.js';
import { cheapestFor, costFor } from '../matching/assign-drivers.js';
import type { CostParts } from '../matching/costs.js';
import type { Option } from '../matching/find-candidates.js';
import type { Urgency } from '../matching/urgency.js';
import { standingBlock, swapOf } from '../matching/waiting-rows.js';
import type { AreaPicture } from '../picture/area-picture.js';
import { WatchedAreas } from '../picture/watched-areas.js';
import { type BlockedDriver, blockedDrivers } from './blocked-drivers.js';
import { changesThatHelp, type HelpfulChange } from './changes-that-help.js';
import { Contest, type Effect } from './contest.js';

/** A driver who may take the truck, and what it does to the others if he does. Instants are epoch milliseconds. */
export interface Candidate {
  readonly driverId: string;
  readonly cost: number;
  readonly parts: CostParts;
  readonly plannedStartAt: number;
  readonly plannedReturnAt: number | undefined;
  /** The scheduler would choose him. */
  readonly isPlanned: boolean;
  readonly effect: Effect;
}

/** Who may take the truck of a handoff now, the cheapest first, and what keeps the others away. */
export interface RankedCandidates {
  readonly handoffId: string;
  readonly visitId: string;
  readonly areaCode: string;
  readonly stationCode: string;
  readonly flow: Flow;
  readonly at: number;
  /** The last event of the area that was seen. */
  readonly basedOnPosition: number;
  readonly policy: PolicyRef | undefined;
  readonly urgency: Urgency;
  readonly eligible: number;
  readonly candidates: readonly Candidate[];
  readonly blockedCount: number;
  readonly blocked: readonly BlockedDriver[];
  /** What would give it a driver where the plan has none for it. */
  readonly changes: readonly HelpfulChange[];
}

const shownAtMost = 20;
const keptMillis = 5_000;
const quickMillis = 100;

/** Answers who could take a truck, for people who decide themselves. From the picture: whatever is asked changes nothing. */
@Injectable()
export class RankCandidates {
  readonly #contests = new WeakMap<AreaPicture, { readonly contest: Contest; readonly keptUntil: number }>();

  constructor(
    private readonly watched: WatchedPicture,
    private readonly areas: WatchedAreas,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not_found`; `conflict` where it does not wait; or as `WatchedPicture` does. */
  async execute(handoffId: string): Promise<RankedCandidates> {
    for (const { picture } of this.areas.all()) {
      if (picture.waiting.has(handoffId)) return this.#rank(picture, handoffId);
    }
    if (await this.watched.ofSubject(`handoff/${handoffId}`)) {
      const message = `handoff ${handoffId} does not wait for a driver`;
      throw new Problem('conflict', 'HANDOFF.NOT_WAITING', message, { handoffId });
    }
    throw new Problem('not_found', 'HANDOFF.NOT_FOUND', `there is no handoff ${handoffId}`, { handoffId });
  }

  /** What would give this handoff a driver; nothing where it does not wait any more. @throws as `WatchedPicture` does. */
  changesFor(areaCode: string, handoffId: string): readonly HelpfulChange[] {
    const picture = this.watched.of(areaCode);
    return picture.waiting.has(handoffId) ? this.#rank(picture, handoffId).changes : [];
  }

  #rank(picture: AreaPicture, handoffId: string): RankedCandidates {
    return rankCandidates(picture, handoffId, this.#contest(picture, handoffId));
  }

  /**
   * Pages ask again and again, of one truck and of others: what holds for all of them is found once while nothing happens,
   * and where that takes long not more often than the scheduler can afford.
   */
  #contest(picture: AreaPicture, handoffId: string): Contest {
    const known = this.#contests.get(picture);
    const isNow = known?.contest.position === picture.position && this.clock.now() - known.contest.at < keptMillis;
    const isAffordable = known === undefined || performance.now() > known.keptUntil;
    if (known && (isNow || !isAffordable) && known.contest.indexOf(handoffId) >= 0) return known.contest;
    const begun = performance.now();
    const contest = new Contest(picture, Math.max(this.clock.now(), picture.time));
    const took = performance.now() - begun;
    const keptUntil = took < quickMillis ? begun : begun + Math.min(took * 10, keptMillis);
    this.#contests.set(picture, { contest, keptUntil });
    return contest;
  }
}

/** Pure: the same picture and contest give the same ranking. The handoff waits. */
export function rankCandidates(picture: AreaPicture, handoffId: string, contest: Contest): RankedCandidates {
  const now = contest.at;
  const index = contest.indexOf(handoffId);
  const row = contest.rows[index];
  if (!row || !('handoff' in row)) throw new Error(`handoff ${handoffId} does not wait`);
  const { visit, licenceRequired } = row.handoff;
  const blocked = row.policy ? blockedDrivers(picture, swapOf(picture, row.handoff, row.policy, now), row, now) : [];
  const planned = contest.plan[index];
  const throttled = row.blocks.list().find(({ rule }) => rule === 'lane_throttled');
  const standing = standingBlock(picture, row.handoff) ?? throttled?.rule;
  const asked = { now, flow: visit.flow, licenceRequired, standing, standsUntil: throttled?.until };
  return {
    handoffId,
    visitId: visit.visitId,
    areaCode: picture.areaCode,
    stationCode: visit.stationCode,
    flow: visit.flow,
    at: now,
    basedOnPosition: contest.position,
    policy: row.policy?.ref,
    urgency: row.urgency,
    eligible: row.options.length,
    candidates: cheapestFor(row, row.options, shownAtMost).map((option) => candidateOf(contest, index, option)),
    blockedCount: blocked.length,
    blocked: blocked.slice(0, shownAtMost),
    changes: planned && planned.awaitedUntil === undefined ? [] : changesThatHelp(asked, contest, index, blocked),
  };
}

function candidateOf(contest: Contest, index: number, option: Option): Candidate {
  const { driver, parts, plannedStartAt, plannedReturnAt } = option;
  return {
    driverId: driver.driverId,
    cost: costFor(contest.rows[index], option),
    parts,
    plannedStartAt,
    plannedReturnAt,
    isPlanned: contest.plan[index]?.driver === driver,
    effect: contest.effectOf(index, option),
  };
}
