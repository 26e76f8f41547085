import type { AssignmentMode, Licence, OpeningHours, PolicyRef, ZoneLevel } from '@yizhan/contracts';

/** Everything that one act opens: a document that is kept, and used again under another plan. */
export interface PlanTemplate {
  readonly title: string;
  readonly zone: PlannedZone;
  readonly stations: readonly PlannedStation[];
  /** Relay drivers who live inside the zone. */
  readonly pool: readonly PlannedDriver[];
  readonly enterprises: readonly PlannedEnterprise[];
  /** 值班表. */
  readonly duties: readonly PlannedDuty[];
}

export interface PlannedZone {
  readonly zoneId: string;
  readonly level: ZoneLevel;
  /** GB/T 2260. */
  readonly countyCodes: readonly string[];
  readonly policy: PolicyRef;
}

export interface PlannedStation {
  readonly stationCode: string;
  readonly name: string;
  readonly countyCode: string;
  /** WGS-84 degrees. */
  readonly location: { readonly latitude: number; readonly longitude: number };
  readonly bays: readonly string[];
  readonly assignmentMode?: AssignmentMode | undefined;
  readonly openingHours?: OpeningHours | undefined;
}

export interface PlannedDriver {
  readonly driverId: string;
  readonly licences: readonly Licence[];
  readonly homeStationCode?: string | undefined;
}

export interface PlannedEnterprise {
  readonly enterpriseId: string;
  readonly name: string;
  readonly priority?: number | undefined;
}

export const dutyRoles = ['lead', 'operator', 'driver'] as const;
export type DutyRole = (typeof dutyRoles)[number];

/** The same hours at one station, for some persons on some days. */
export interface PlannedDuty {
  readonly stationCode: string;
  readonly role: DutyRole;
  /** Drivers by their id, staff by the subject of their token. */
  readonly personIds: readonly string[];
  /** 1 is the local day on which the plan begins. */
  readonly days: readonly number[];
  /** Local time of day; `until` that is not later is of the next day. */
  readonly from: string;
  readonly until: string;
}

/** One person's duty, with its instants. */
export interface Duty {
  readonly stationCode: string;
  readonly role: DutyRole;
  readonly personId: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

const minute = 60_000;
const day = 1_440 * minute;

/** The duty table with instants, for a plan that begins at `startsAt`; what is over by then is left out. */
export function dutiesFrom(template: Pick<PlanTemplate, 'duties'>, startsAt: number, utcOffsetMinutes: number): Duty[] {
  const offset = utcOffsetMinutes * minute;
  const firstDay = Math.floor((startsAt + offset) / day) * day - offset;
  return template.duties.flatMap(({ stationCode, role, personIds, days, from, until }) =>
    days.flatMap((nth) => {
      const begins = firstDay + (nth - 1) * day + minutesOf(from) * minute;
      const sameDay = firstDay + (nth - 1) * day + minutesOf(until) * minute;
      const ends = sameDay > begins ? sameDay : sameDay + day;
      if (ends <= startsAt) return [];
      return personIds.map((personId) => ({ stationCode, role, personId, startsAt: begins, endsAt: ends }));
    }),
  );
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
