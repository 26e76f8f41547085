import type { Licence } from '@yizhan/contracts';
import type { Trip } from '../../replay/people/trip.js';
import type { ScenarioStation, ScenarioZone } from '../../scenario/scenario.js';

/** How long the steps of one truck take, in milliseconds and whole minutes: the same whoever drives it. */
export interface StudyTimes {
  /** From gate-in to the end of the checks. */
  readonly checks: number;
  /** From the assignment to the relay driver's answer. */
  readonly answer: number;
  /** From acceptance, and from the planned start, until the driver stands at the truck. */
  readonly toBay: number;
  readonly swap: number;
  readonly depart: number;
  /** From departure into the zone to gate-in on the way back, without rests. */
  readonly roundTrip: number;
  readonly checksBack: number;
  /** From acceptance until the outside driver stands at his truck. */
  readonly outsideComes: number;
  readonly swapBack: number;
  readonly departBack: number;
  /** Until a truck that nobody takes over is parked. */
  readonly park: number;
  /** From gate-in on the way back until an absent outside driver comes after all; 0 where he is there. */
  readonly absence: number;
  /** From departure until the carrier names another driver; 0 where the one who brought it takes it back. */
  readonly nameAnother: number;
}

/** One truck's way in and out, with all that does not depend on who drives it. */
export interface StudyTruck extends Pick<
  Trip,
  | 'visitId'
  | 'returnVisitId'
  | 'truck'
  | 'carrierId'
  | 'stationCode'
  | 'returnStationCode'
  | 'priority'
  | 'consignments'
  | 'backLoad'
  | 'outsideDriverId'
  | 'otherDriverId'
  | 'wait'
> {
  readonly key: string;
  /** Epoch milliseconds, a whole minute. */
  readonly arrivesAt: number;
  /** When its carrier announces it, and for when; absent where nobody does. */
  readonly announced?: { readonly at: number; readonly expectedAt: number };
  /** It fails its checks and leaves. */
  readonly isTurnedAway: boolean;
  readonly takes: StudyTimes;
}

/** From when to when somebody works; epoch milliseconds. */
export interface StudyShift {
  readonly from: number;
  readonly to: number;
}

export interface StudyDriver {
  readonly driverId: string;
  readonly licence: Licence;
  readonly stationCode: string;
  readonly shifts: readonly StudyShift[];
  /** When his qualification is recalled; absent where it is not. */
  readonly recalledAt?: number;
}

/** How often relay drivers do not do what was planned; each from 0 to 1, of assignments. */
export interface StudyRates {
  readonly decline: number;
  /** No answer, so that the assignment expires. */
  readonly silent: number;
  readonly noShow: number;
}

/** Arrivals, drivers and how they behave: all that a simulation needs. The same day gives the same log. */
export interface StudyDay {
  readonly name: string;
  readonly seed: string;
  readonly areaCode: string;
  readonly zone: ScenarioZone;
  /** Id of a policy pack. */
  readonly policy: string;
  readonly stations: readonly ScenarioStation[];
  readonly trucks: readonly StudyTruck[];
  readonly drivers: readonly StudyDriver[];
  readonly rates: StudyRates;
  readonly startsAt: number;
  /** Nothing is looked at after this; who still waits has waited until then. */
  readonly endsAt: number;
}

/** Weight of a truck's minutes: a usual one counts once, one of priority 7 eight times. */
export const weightOf = ({ priority }: Pick<StudyTruck, 'priority'>): number => 1 + priority;

/** Drivers who do what they are asked. */
export const faithful: StudyRates = { decline: 0, silent: 0, noShow: 0 };
