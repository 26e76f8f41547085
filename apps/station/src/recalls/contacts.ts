import type { Contact, Party } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { given } from '../cases/given.js';

/** A handoff in a bay in which the driver was one of the two, as its row has it. Instants are epoch milliseconds. */
export interface HandoffMeeting {
  readonly handoffId: string;
  readonly visitId: string;
  readonly runId: string | null;
  readonly plate: string;
  readonly stationCode: string;
  /** When custody moved; where it did not, when both were at the truck. */
  readonly at: number;
  readonly onComingId: string;
  /** Who handed the truck over; where nobody did, who had brought it. */
  readonly from: Party | null;
  readonly witnessId: string | null;
}

/** A truck that changed hands without a handoff. */
export interface CustodyMeeting {
  readonly plate: string;
  readonly at: number;
  readonly from: Party;
  readonly to: Party;
  readonly place: string;
}

/** An enterprise that a truck reached. */
export interface HostMeeting {
  readonly plate: string;
  readonly at: number;
  readonly runId: string;
  readonly enterpriseId: string;
}

/** A gate that he came in through with a truck. */
export interface GateMeeting {
  readonly plate: string;
  readonly at: number;
  readonly visitId: string;
  readonly runId: string | null;
  readonly stationCode: string;
}

export interface Meetings {
  readonly handoffs: readonly HandoffMeeting[];
  readonly moves: readonly CustodyMeeting[];
  readonly hosts: readonly HostMeeting[];
  readonly gates: readonly GateMeeting[];
}

/** A truck that a driver touched: where, when, and in what. */
export interface Touch {
  readonly plate: string;
  readonly place: string;
  readonly at: string;
  readonly visitId?: string;
  readonly handoffId?: string;
  readonly runId?: string;
}

/** Whom the driver met, in the order of time. Ids, times and places only. */
export function contactsOf(driverId: string, { handoffs, moves, hosts }: Meetings): Contact[] {
  const contacts = [
    ...handoffs.flatMap((handoff) => inHandoff(driverId, handoff)),
    ...moves.map(({ plate, at, from, to, place }) =>
      isDriver(from, driverId)
        ? { id: to.id, as: 'taker' as const, place, at, plate }
        : { id: from.id, as: 'giver' as const, place, at, plate },
    ),
    ...hosts.map(({ plate, at, enterpriseId }) => ({
      id: enterpriseId,
      as: 'host' as const,
      place: enterpriseId,
      at,
      plate,
    })),
  ];
  return inOrder(contacts).map(({ at, ...contact }) => ({ ...contact, at: toIso(at) }));
}

function inHandoff(driverId: string, handoff: HandoffMeeting) {
  const { plate, stationCode: place, at, onComingId, from, witnessId } = handoff;
  const offgoing = onComingId === driverId && from?.kind === 'driver' ? [{ id: from.id, as: 'offgoing' as const }] : [];
  const oncoming = onComingId === driverId ? [] : [{ id: onComingId, as: 'oncoming' as const }];
  const witness = witnessId === null ? [] : [{ id: witnessId, as: 'witness' as const }];
  return [...offgoing, ...oncoming, ...witness].map((who) => ({ ...who, place, at, plate }));
}

/** Every truck that he touched, in the order of time. */
export function touchesOf({ handoffs, moves, hosts, gates }: Meetings): Touch[] {
  const touches = [
    ...gates.map(({ plate, stationCode, at, visitId, runId }) => ({
      plate,
      place: stationCode,
      at,
      visitId,
      ...given({ runId }),
    })),
    ...handoffs.map(({ plate, stationCode, at, visitId, handoffId, runId }) => ({
      plate,
      place: stationCode,
      at,
      visitId,
      handoffId,
      ...given({ runId }),
    })),
    ...moves.map(({ plate, place, at }) => ({ plate, place, at })),
    ...hosts.map(({ plate, enterpriseId, at, runId }) => ({ plate, place: enterpriseId, at, runId })),
  ];
  return inOrder(touches).map(({ at, ...touch }) => ({ ...touch, at: toIso(at) }));
}

function inOrder<T extends { readonly at: number }>(meetings: readonly T[]): T[] {
  return meetings.toSorted((one, other) => one.at - other.at);
}

function isDriver({ kind, id }: Party, driverId: string): boolean {
  return kind === 'driver' && id === driverId;
}
