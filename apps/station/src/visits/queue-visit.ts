import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { conflict, notNow } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { isInBay } from '../handoffs/handoff.js';
import { assertAcceptable, placeFor } from './acceptable-visit.js';
import { movedEvent, movedTo } from './moved-visit.js';
import { isInQueue, visitAfter } from './visit.js';

export interface QueueVisitInput {
  readonly visitId: string;
  readonly queue: 'outside' | 'inside';
  /** Where the truck stands: its station or, where it was moved, one for which it was announced before. Its station where it is not given. */
  readonly stationCode?: string;
}

type InQueue = TruckCase & {
  readonly ticketNo: string;
  /** It was to come to this station, and stands at a former one, which is that of the visit from now on. */
  readonly awaitedAt?: string;
};

/** The truck gets a place in the queue outside the gate or, once it has arrived, in the one inside. */
export function queueVisit(
  queued: InQueue,
  { queue }: QueueVisitInput,
  byId: string,
  { at }: Now,
): Decision<CaseAnswer> {
  const { visit, handoff, ticketNo, awaitedAt } = queued;
  visitAfter(visit, 'queue');
  const fitting = visit.state === 'arrived' ? 'inside' : 'outside';
  if (queue !== fitting) {
    throw notNow(queued, 'VISIT.OTHER_QUEUE', `the truck has ${visit.state}: it can only wait ${fitting}`, {
      queue: fitting,
    });
  }
  if (isInBay(handoff)) throw notNow(queued, 'VISIT.IN_A_BAY', 'the swap has begun: there is nothing to wait for');
  if (isInQueue(visit)) {
    throw conflict('VISIT.ALREADY_QUEUED', `the truck waits ${queue} already, with ticket ${visit.ticketNo}`, {
      ticketNo: visit.ticketNo,
    });
  }
  const after = { ...visit, queue, ticketNo, queuedAt: at, calledAt: null, calledBayCode: null };
  const moved =
    awaitedAt === undefined
      ? []
      : [movedEvent(visit, at, { fromStationCode: awaitedAt, reason: 'came_to_former', byId })];
  return {
    visit: after,
    events: [
      ...moved,
      eventOfVisit(visit, 'visit.queued', at, { plate: visit.plate, ticketNo, queue, queuedAt: toIso(at) }),
    ],
    answer: answerOf({ visit: after, handoff }),
  };
}

@Injectable()
export class QueueVisit {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: QueueVisitInput): Promise<CaseAnswer> {
    return this.cases.change(
      request,
      (tx, now) => this.#load(tx, input, now),
      (queued, now) => queueVisit(queued, input, request.caller, now),
    );
  }

  async #load(tx: Transaction, input: QueueVisitInput, now: Now): Promise<InQueue> {
    const { visitId, queue } = input;
    const truckCase = await this.#whereItStands(tx, await this.cases.ofVisit(visitId)(tx, now), input);
    const { visit, place } = truckCase;
    const day = toIso(now.at + place.rules.utcOffsetMinutes * 60_000).slice(0, 10);
    const { last } = await tx.one<{ last: number }>(drawTicket, [visit.stationCode, day, queue]);
    return { ...truckCase, ticketNo: `${queue === 'outside' ? 'W' : 'N'}${String(last).padStart(3, '0')}` };
  }

  /** @throws Problem `conflict` where the visit is not, and was not, announced for that station. */
  async #whereItStands(
    tx: Transaction,
    truckCase: TruckCase,
    { stationCode }: QueueVisitInput,
  ): Promise<Omit<InQueue, 'ticketNo'>> {
    const { visit } = truckCase;
    const { stationCode: awaitedAt, zoneId } = visit;
    if (stationCode === undefined || stationCode === awaitedAt) return truckCase;
    if (visit.state !== 'announced' || !visit.movedFrom?.includes(stationCode)) {
      const message = `the visit is of station ${awaitedAt}: the truck gets its ticket there`;
      throw conflict('VISIT.ANNOUNCED_OTHERWISE', message, { field: 'stationCode', announced: awaitedAt });
    }
    const place = await placeFor(tx, this.cases.policies, stationCode, zoneId);
    assertAcceptable(place, visit.flow, visit.consignments);
    return { ...truckCase, visit: movedTo(visit, stationCode), place, awaitedAt };
  }
}

/** Tickets count from 1 each day, per station and queue. */
const drawTicket = `
  INSERT INTO station.ticket_counters AS c (station_code, day, queue, last) VALUES ($1, $2, $3, 1)
  ON CONFLICT (station_code, day, queue) DO UPDATE SET last = c.last + 1 RETURNING last`;
