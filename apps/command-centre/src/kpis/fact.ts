import type { ConsignmentFacts, EventData, EventName, PooledDriver, YizhanEvent } from '@yizhan/contracts';
import { parseInstant } from '@yizhan/kernel';

export type FactValue = string | number | boolean | null | readonly string[];
export type FactValues = Readonly<Record<string, FactValue | undefined>>;

/** What is kept of one event. */
export interface Fact {
  /** The event's id, by which a retraction finds it. */
  readonly id: string;
  readonly name: EventName;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
  readonly values: FactValues;
}

type Takers = { readonly [N in EventName]?: (data: EventData[N]) => FactValues };

/** The events that figures are made of, and what is kept of each. */
export const takers = {
  'visit.announced': ({ stationCode, flow, expectedAt, truck, consignments }) => ({
    stationCode,
    flow,
    expectedAt,
    licence: truck.licenceRequired,
    enterprises: enterprisesOf(consignments),
  }),
  'visit.queued': ({ stationCode, queue, queuedAt }) => ({ stationCode, queue, queuedAt }),
  'visit.arrived': ({ stationCode, flow, arrivedAt, truck, consignments }) => ({
    stationCode,
    flow,
    arrivedAt,
    licence: truck.licenceRequired,
    enterprises: enterprisesOf(consignments),
  }),
  'visit.call_ended': ({ stationCode, reason }) => ({ stationCode, reason }),
  'visit.checked': ({ stationCode, passed, checks }) => ({
    stationCode,
    passed,
    failures: checks
      .filter((check) => !check.passed)
      .map(({ check, reason }) => (reason === undefined ? check : `${check}/${reason}`)),
  }),
  'visit.departed': ({ stationCode, outcome, departedAt }) => ({ stationCode, outcome, departedAt }),
  'visit.moved': ({ stationCode }) => ({ stationCode }),
  'visit.cancelled': ({ stationCode }) => ({ stationCode }),
  'handoff.requested': ({ stationCode, handoffId, readyAt }) => ({ stationCode, handoffId, readyAt }),
  'handoff.assigned': ({ stationCode, handoffId, driverId, assignedBy }) => ({
    stationCode,
    handoffId,
    driverId,
    assignedBy,
  }),
  'handoff.assignment_ended': ({ stationCode, handoffId, driverId, reason, declineReason }) => ({
    stationCode,
    handoffId,
    driverId,
    reason,
    declineReason: declineReason ?? '',
  }),
  'handoff.started': ({ stationCode, handoffId, driverId, startedAt }) => ({
    stationCode,
    handoffId,
    driverId,
    startedAt,
  }),
  'handoff.completed': ({ stationCode, handoffId, custodyAt }) => ({ stationCode, handoffId, custodyAt }),
  'handoff.aborted': ({ stationCode, handoffId, reason }) => ({ stationCode, handoffId, reason }),
  'cargo.held': ({ stationCode, reasons, holdId, lifting = 'by_check' }) => ({
    stationCode,
    reasons,
    holdId,
    lifting,
  }),
  'cargo.hold_lifted': ({ stationCode, holdId }) => ({ stationCode, holdId }),
  'cargo.released': ({ stationCode, releasedAt }) => ({ stationCode, releasedAt }),
  'exception.opened': ({ code, stationCode, dueAt }) => ({ code, stationCode, dueAt }),
  'exception.escalated': ({ code, stationCode, dueAt }) => ({ code, stationCode, dueAt }),
  'exception.resolved': ({ code, stationCode }) => ({ code, stationCode }),
  'run.opened': ({ direction, dueBackAt }) => ({ direction, dueBackAt }),
  'run.overdue': () => ({}),
  'run.closed': ({ how }) => ({ how }),
  'driver.enrolled': ({ insideZoneId, licences }) => ({ side: sideOf(insideZoneId), licences }),
  'driver.changed': ({ licences }) => ({ licences }),
  'driver.side_changed': ({ insideZoneId }) => ({ side: sideOf(insideZoneId) }),
  // In the area that has him from now on, which has not heard of him before; where he leaves nothing is said.
  'driver.pool_joined': ({ driver }) => pooled(driver),
  'driver.returned': ({ driver }) => pooled(driver),
  'driver.shift_started': ({ stationCode, endsAt }) => ({ stationCode, endsAt }),
  'driver.shift_ended': ({ stationCode }) => ({ stationCode }),
  'custody.moved': () => ({}),
  'station.opened': ({ stationCode, countyCode, bays }) => ({ stationCode, countyCode, bays: bays.length }),
  'station.changed': ({ stationCode, countyCode }) => ({ stationCode, countyCode }),
  'station.bays_changed': ({ stationCode, bays }) => ({ stationCode, bays: bays.length }),
  'station.suspended': ({ stationCode }) => ({ stationCode }),
  'station.resumed': ({ stationCode }) => ({ stationCode }),
  'station.closed': ({ stationCode }) => ({ stationCode }),
} as const satisfies Takers;

const pooled = (driver: PooledDriver | undefined): FactValues =>
  driver ? { side: sideOf(driver.insideZoneId), licences: driver.licences } : {};

const enterprisesOf = (consignments: readonly ConsignmentFacts[]): readonly string[] => [
  ...new Set(consignments.map(({ enterpriseId }) => enterpriseId)),
];

const sideOf = (insideZoneId: string | null): string => (insideZoneId === null ? 'outside' : 'inside');

/** Names of the events that figures are made of. */
export const takenNames = Object.keys(takers) as readonly (keyof typeof takers)[];

export type TakenName = keyof typeof takers;

const byType = new Map(takenNames.map((name) => [`yizhan.${name}.v1`, name]));

/** The name of an event that figures are made of. */
export function takenName({ type }: YizhanEvent): TakenName | undefined {
  return byType.get(type);
}

/** What is kept of an event. @throws where its time is none. */
export function factOf(event: YizhanEvent, name: TakenName): Fact {
  const take = takers[name] as (data: unknown) => FactValues;
  const { carrierid } = event;
  const values = take(event.data);
  return {
    id: event.id,
    name,
    at: instant(event.time),
    values: carrierid === undefined ? values : { ...values, carrierId: carrierid },
  };
}

/** @throws where the text is no instant. */
export function instant(text: string): number {
  const at = parseInstant(text);
  if (at === undefined) throw new Error(`${text} is no instant`);
  return at;
}

/** A text of a fact; empty where it has none. */
export function textOf({ values }: Fact, field: string): string {
  const value = values[field];
  return value === undefined || value === null ? '' : String(value);
}
