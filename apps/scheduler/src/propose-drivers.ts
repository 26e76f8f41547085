import { Injectable, Logger } from '@nestjs/common';
import { Clock, OneAtATime } from '@yizhan/kernel';
import { AreaOwners } from './decisions/area-owners.js';
import { type BookedDecision, DecisionBook, keyOfDecision, type MatchMade } from './decisions/decision-book.js';
import type { Decision } from './matching/decision.js';
import { matchArea } from './matching/match-area.js';
import type { AreaPicture } from './picture/area-picture.js';
import { noteOffer, noteWithheld } from './picture/fold-assignments.js';
import { type WatchedArea, WatchedAreas } from './picture/watched-areas.js';

/** Longer than a group needs to tell a member that an area is no longer its own. */
const silentFor = 15_000;

/** Looks at every area where something has changed or whose time has come, and proposes drivers or says why not. */
@Injectable()
export class ProposeDrivers {
  readonly #log = new Logger(ProposeDrivers.name);
  /** One look at a time: two would give a driver away twice. */
  readonly #turn = new OneAtATime();
  #hasCaughtUp = false;
  /** Areas for which another process has shown a later epoch, and until when that is left at that. */
  readonly #silentUntil = new Map<string, number>();

  constructor(
    private readonly areas: WatchedAreas,
    private readonly owners: AreaOwners,
    private readonly book: DecisionBook,
    private readonly clock: Clock,
  ) {}

  /** When the picture holds all that the log does. */
  async whenCaughtUp(): Promise<void> {
    this.#hasCaughtUp = true;
    await this.#turn.take(() => this.#lookAtAll((area) => area.changed || this.#isDue(area)));
  }

  /** This process decides for these areas from now on, perhaps again after another one did. */
  adopt(areaCodes: readonly string[]): void {
    this.owners.forget(areaCodes);
  }

  /** Another process decides for these areas from now on; it takes a later epoch with its first decision. */
  lose(areaCodes: readonly string[]): void {
    for (const areaCode of areaCodes) this.#silentUntil.delete(areaCode);
    this.areas.forget(areaCodes);
    this.owners.forget(areaCodes);
  }

  /** Looks where time alone may have changed something. @returns how many areas were looked at. */
  whenTimeHasCome(): Promise<number> {
    return this.#turn.take(() => this.#lookAtAll((area) => this.#isDue(area)));
  }

  /** The earliest instant at which `whenTimeHasCome` has something to look at; absent before the picture is complete. */
  get nextDueAt(): number | undefined {
    if (!this.#hasCaughtUp) return undefined;
    let next: number | undefined;
    for (const { lookAgainAt } of this.areas.all()) {
      if (lookAgainAt !== undefined && (next === undefined || lookAgainAt < next)) next = lookAgainAt;
    }
    return next;
  }

  /** One area that cannot be looked at keeps no other. @returns how many were looked at. @throws AggregateError of those that could not. */
  async #lookAtAll(isWanted: (area: WatchedArea) => boolean): Promise<number> {
    const faults: unknown[] = [];
    let looked = 0;
    for (const area of this.areas.all()) {
      if (!isWanted(area)) continue;
      try {
        await this.#look(area);
        looked += 1;
      } catch (error) {
        faults.push(error);
      }
    }
    if (faults.length === 1) throw faults[0];
    if (faults.length > 1) throw new AggregateError(faults);
    return looked;
  }

  #isDue({ lookAgainAt }: WatchedArea): boolean {
    return this.#hasCaughtUp && lookAgainAt !== undefined && lookAgainAt <= this.clock.now();
  }

  async #look(area: WatchedArea): Promise<void> {
    // What is folded while this waits for the database sets it again.
    area.changed = false;
    try {
      area.lookAgainAt = await this.#propose(area);
    } catch (error) {
      area.changed = true;
      throw error;
    }
  }

  /** @returns when to look again. */
  async #propose(area: WatchedArea): Promise<number | undefined> {
    const { picture } = area;
    const { areaCode } = picture;
    if (picture.waiting.size === 0) return undefined;
    if (this.owners.isSuperseded(areaCode, picture.newestEpoch)) return this.#yield(picture);
    this.#silentUntil.delete(areaCode);
    const now = Math.max(this.clock.now(), picture.time);
    const { decisions, lookAgainAt } = matchArea(picture, now);
    if (decisions.length === 0) return lookAgainAt;
    // Taken before anything is waited for: events folded meanwhile belong to the next look.
    const seen = { areaCode, basedOnPosition: picture.position, basedOnEventId: picture.eventId, at: now };
    const epoch = await this.owners.epochOf(areaCode, picture.newestEpoch);
    const booked = await this.#book(area, { ...seen, epoch }, decisions);
    return note(picture, booked, lookAgainAt);
  }

  /** Writes decisions down. @returns those that have not come back from the log meanwhile: these are in the picture already. */
  async #book(area: WatchedArea, match: MatchMade, decisions: readonly Decision[]): Promise<BookedDecision[]> {
    const keyOf = ({ handoff }: Decision): string => keyOfDecision(match, handoff.handoffId);
    for (const decision of decisions) area.awaited.add(keyOf(decision));
    try {
      const booked = await this.book.book(match, decisions);
      return booked.filter(({ decision }) => area.awaited.has(keyOf(decision)));
    } catch (error) {
      // Nothing of them is noted, whether they were written or not.
      for (const decision of decisions) area.awaited.delete(keyOf(decision));
      throw error;
    }
  }

  /**
   * Another process decides for the area: nothing is proposed here. Where the area is still this process's after a while, the
   * other one was an owner of before that was late: its epoch is passed. @returns when to look again.
   */
  #yield({ areaCode, newestEpoch }: AreaPicture): number {
    const now = this.clock.now();
    const until = this.#silentUntil.get(areaCode);
    if (until === undefined) {
      this.#log.warn(
        `another process decides for area ${areaCode} since epoch ${newestEpoch}: nothing is proposed here`,
      );
      this.#silentUntil.set(areaCode, now + silentFor);
      return now + silentFor;
    }
    if (now < until) return until;
    this.#silentUntil.delete(areaCode);
    this.owners.forget([areaCode]);
    return now;
  }
}

/** What was just told counts at once, not only when it comes back from the log. */
function note(
  picture: AreaPicture,
  booked: readonly BookedDecision[],
  lookAgainAt: number | undefined,
): number | undefined {
  let next = lookAgainAt;
  for (const { decisionId, decision } of booked) {
    const { handoffId } = decision.handoff;
    if (decision.kind === 'withheld') {
      noteWithheld(
        picture,
        handoffId,
        decision.blockers.map(({ rule }) => rule),
      );
    } else {
      noteOffer(picture, handoffId, { decisionId, driverId: decision.driverId, expiresAt: decision.expiresAt });
      next = Math.min(next ?? Infinity, decision.expiresAt);
    }
  }
  return next;
}
