import { Injectable } from '@nestjs/common';
import { Clock, Problem } from '@yizhan/kernel';
import { WatchedPicture } from '../answers/watched-picture.js';
import { Contest } from '../candidates/contest.js';
import type { AreaPicture, DriverPicture, HandoffPicture } from '../picture/area-picture.js';
import { WatchedAreas } from '../picture/watched-areas.js';

/** Whom the scheduler would choose for a truck whose driver is withdrawn. Instants are epoch milliseconds. */
export interface WithdrawalPreview {
  readonly handoffId: string;
  readonly areaCode: string;
  readonly stationCode: string;
  readonly at: number;
  /** The last event of the area that was seen. */
  readonly basedOnPosition: number;
  /** Who is assigned now. */
  readonly driverId: string;
  /** Who would be proposed next, which may be the same one; undefined where nobody could come. */
  readonly nextDriverId: string | undefined;
  readonly plannedStartAt: number | undefined;
}

/** Says who would come instead, before anybody withdraws a driver. Changes nothing. */
@Injectable()
export class PreviewWithdrawal {
  constructor(
    private readonly watched: WatchedPicture,
    private readonly areas: WatchedAreas,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not_found`; `conflict` where nobody is assigned; or as `WatchedPicture` does. */
  async execute(handoffId: string): Promise<WithdrawalPreview> {
    for (const { picture } of this.areas.all()) {
      const handoff = picture.handoffs.get(handoffId);
      if (handoff) return previewWithdrawal(picture, handoff, Math.max(this.clock.now(), picture.time));
    }
    if (await this.watched.ofSubject(`handoff/${handoffId}`)) throw notAssigned(handoffId);
    throw new Problem('not_found', 'HANDOFF.NOT_FOUND', `there is no handoff ${handoffId}`, { handoffId });
  }
}

const notAssigned = (handoffId: string): Problem =>
  new Problem('conflict', 'HANDOFF.NOT_ASSIGNED', `handoff ${handoffId} has no driver`, { handoffId });

/** Pure. @throws Problem `conflict` where nobody is assigned. */
export function previewWithdrawal(picture: AreaPicture, handoff: HandoffPicture, now: number): WithdrawalPreview {
  const { handoffId, assignedDriverId, visit } = handoff;
  if (assignedDriverId === undefined) throw notAssigned(handoffId);
  const contest = new Contest(afterWithdrawal(picture, handoff, assignedDriverId), now);
  const next = contest.plan[contest.indexOf(handoffId)];
  return {
    handoffId,
    areaCode: picture.areaCode,
    stationCode: visit.stationCode,
    at: now,
    basedOnPosition: picture.position,
    driverId: assignedDriverId,
    nextDriverId: next?.driver.driverId,
    plannedStartAt: next?.plannedStartAt,
  };
}

/** The same picture with the driver free, the truck among those that wait, and its place on a throttled lane given back; what both share is not copied. */
function afterWithdrawal(picture: AreaPicture, handoff: HandoffPicture, driverId: string): AreaPicture {
  const waiting: HandoffPicture = { ...handoff, assignedDriverId: undefined };
  const withdrawn: AreaPicture = {
    ...picture,
    handoffs: new Map([...picture.handoffs, [handoff.handoffId, waiting]]),
    waiting: new Map([...picture.waiting, [handoff.handoffId, waiting]]),
    assigned: new Map([...picture.assigned].filter(([handoffId]) => handoffId !== handoff.handoffId)),
  };
  const before = picture.drivers.get(driverId);
  if (!before) return withdrawn;
  const free: DriverPicture = { ...before, liveHandoffId: undefined };
  const freed = (drivers: readonly DriverPicture[]): DriverPicture[] =>
    drivers.map((driver) => (driver === before ? free : driver));
  const pools = (of: ReadonlyMap<string, DriverPicture[]>): Map<string, DriverPicture[]> =>
    new Map([...of].map(([name, drivers]) => [name, freed(drivers)]));
  return {
    ...withdrawn,
    drivers: new Map([...picture.drivers, [driverId, free]]),
    insidePools: pools(picture.insidePools),
    carrierPools: pools(picture.carrierPools),
  };
}
