import { createHash } from 'node:crypto';
import { canonicalJson, newEvent } from '@yizhan/event-log';
import { Problem, toIso } from '@yizhan/kernel';
import { type TransitionTable, takeStep } from '../cases/transition-table.js';
import type { HandoverPicture } from './handover-picture.js';

export type HandoverState = 'offered' | 'taken' | 'superseded';
export type HandoverStep = 'take_over' | 'supersede';

export const handoverTable: TransitionTable<HandoverState, HandoverStep> = {
  offered: {
    means: 'The outgoing lead has signed how the station stands. Set by him.',
    steps: { take_over: 'taken', supersede: 'superseded' },
  },
  taken: { means: 'The incoming lead has signed the same picture. Set by him. Final.', steps: {} },
  superseded: {
    means: 'The outgoing lead has signed a newer picture before anybody took this one. Final.',
    steps: {},
  },
};

/** One sign-off of a station from lead to lead. Instants are epoch milliseconds. */
export interface ShiftHandover {
  readonly handoverId: string;
  readonly stationCode: string;
  readonly areaCode: string;
  readonly state: HandoverState;
  readonly offeredAt: number;
  readonly outgoingId: string;
  readonly takenAt: number | null;
  readonly incomingId: string | null;
  readonly picture: HandoverPicture;
}

/** SHA-256 of the RFC 8785 form of a picture: both leads sign the same one. */
export const digestOf = (picture: HandoverPicture): string =>
  createHash('sha256').update(canonicalJson(picture)).digest('hex');

/** The incoming lead signs what the outgoing one has signed. @throws Problem where it is no longer offered, or is his own. */
export function takeOver(handover: ShiftHandover, incomingId: string, at: number) {
  takeStep('handover', handoverTable, handover.state, 'take_over');
  const { handoverId, stationCode, areaCode, outgoingId, picture } = handover;
  if (outgoingId === incomingId) {
    const message = 'a shift is taken over by another person than the one who hands it over';
    throw new Problem('conflict', 'HANDOVER.SAME_PERSON', message);
  }
  const data = { handoverId, stationCode, incomingId, picture: digestOf(picture) };
  const subject = `station/${stationCode}`;
  return {
    handover: { ...handover, state: 'taken' as const, incomingId, takenAt: at },
    event: newEvent({ name: 'station.shift_taken_over', subject, areaCode, time: at, data }),
  };
}

/** The outgoing lead signs the picture; one that nobody has taken yet is no longer offered. */
export function handOver(
  {
    handoverId,
    stationCode,
    areaCode,
    outgoingId,
    picture,
  }: Omit<ShiftHandover, 'state' | 'offeredAt' | 'takenAt' | 'incomingId'>,
  replaces: string | undefined,
  at: number,
) {
  const data = {
    handoverId,
    stationCode,
    outgoingId,
    picture: digestOf(picture),
    since: picture.since,
    openTrucks: picture.openTrucks.length,
    openRuns: picture.openRuns.length,
    openExceptions: picture.openExceptions.length,
    ...(replaces === undefined ? {} : { replaces }),
  };
  const subject = `station/${stationCode}`;
  return newEvent({ name: 'station.shift_handed_over', subject, areaCode, time: at, data });
}

/** As it is shown. */
export const answerOfHandover = ({ offeredAt, takenAt, incomingId, areaCode: _area, ...handover }: ShiftHandover) => ({
  ...handover,
  offeredAt: toIso(offeredAt),
  ...(takenAt === null ? {} : { takenAt: toIso(takenAt) }),
  ...(incomingId === null ? {} : { incomingId }),
});

export type HandoverAnswer = ReturnType<typeof answerOfHandover>;
