import type { EventData, EventName, YizhanEvent } from '@yizhan/contracts';
import { type Ids, toIso } from '@yizhan/kernel';
import type { Decision, Proposal } from '../../../../scheduler/src/matching/decision.js';
import type { AreaPicture } from '../../../../scheduler/src/picture/area-picture.js';
import { type WatchedArea, WatchedAreas } from '../../../../scheduler/src/picture/watched-areas.js';
import { folds } from '../../../../scheduler/src/scheduler.consumes.js';
import type { Policy } from '../policies/policy.js';
import { SimulatedLog, type Told } from './simulated-log.js';

/** How the matching of an area was asked, and how long it took. */
export interface Look {
  readonly at: number;
  /** Handoffs that waited. */
  readonly waiting: number;
  readonly decisions: number;
  readonly milliseconds: number;
}

/** A proposal with its place in the log. */
export interface ToldProposal {
  readonly decisionId: string;
  readonly proposal: Proposal;
}

const epoch = 1;

/** An area's log in memory and the scheduler's own picture of it: what is told is folded at once, what is decided is told. */
export class SimulatedArea {
  readonly log: SimulatedLog;
  readonly looks: Look[] = [];
  readonly #areas = new WatchedAreas();

  constructor(
    areaCode: string,
    private readonly policy: Policy,
    private readonly ids: Ids,
    private readonly stopwatch: () => number,
  ) {
    this.log = new SimulatedLog(areaCode, ids);
  }

  get picture(): AreaPicture {
    return this.#watched().picture;
  }

  /** When time alone gives a reason to look again. */
  get lookAgainAt(): number | undefined {
    return this.#watched().lookAgainAt;
  }

  tell<N extends EventName>(name: N, subject: string, at: number, data: EventData[N], told: Told): YizhanEvent<N> {
    const event = this.log.append(name, subject, at, data, told);
    const fold = folds[name];
    if (fold) this.#areas.take(event, fold);
    return event;
  }

  isDue(now: number): boolean {
    const { changed, lookAgainAt } = this.#watched();
    return changed || (lookAgainAt !== undefined && lookAgainAt <= now);
  }

  /** Asks the policy once, as `ProposeDrivers` does, and tells what it decides. @returns the proposals. */
  look(now: number): ToldProposal[] {
    const area = this.#watched();
    const { picture } = area;
    area.changed = false;
    area.lookAgainAt = undefined;
    const waiting = picture.waiting.size;
    if (waiting === 0) return [];
    const begun = this.stopwatch();
    const { decisions, lookAgainAt } = this.policy.decide(picture, now);
    this.looks.push({ at: now, waiting, decisions: decisions.length, milliseconds: this.stopwatch() - begun });
    const basedOn = { position: picture.position, eventId: picture.eventId };
    const proposals = decisions.flatMap((decision) => this.#book(decision, now, basedOn));
    area.lookAgainAt = earliest(lookAgainAt, ...proposals.map(({ proposal }) => proposal.expiresAt));
    return proposals;
  }

  #book(decision: Decision, now: number, basedOn: { readonly position: number; readonly eventId: string }) {
    const { handoffId, visit } = decision.handoff;
    const subject = `assignment/${handoffId}`;
    const told: Told = { visitId: visit.visitId, carrierId: visit.carrierId, cause: basedOn.eventId };
    const common = { handoffId, visitId: visit.visitId };
    if (decision.kind === 'withheld') {
      this.tell('assignment.withheld', subject, now, { ...common, blockers: decision.blockers }, told);
      return [];
    }
    const { driverId, plannedReturnAt, alternatives } = decision;
    const decisionId = this.ids.uuid(`decision/${handoffId}/${basedOn.position}@${now}`, now);
    const data = {
      ...common,
      driverId,
      plannedStartAt: toIso(decision.plannedStartAt),
      ...(plannedReturnAt === undefined ? {} : { plannedReturnAt: toIso(plannedReturnAt) }),
      decisionId,
      epoch,
      basedOnPosition: String(basedOn.position),
      expiresAt: toIso(decision.expiresAt),
      alternatives,
    };
    this.tell('assignment.proposed', subject, now, data, told);
    return [{ decisionId, proposal: decision }];
  }

  #watched(): WatchedArea {
    const [area] = this.#areas.all();
    if (!area) throw new Error('nothing has been told yet');
    return area;
  }
}

export function earliest(...instants: readonly (number | undefined)[]): number | undefined {
  const known = instants.filter((instant) => instant !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
