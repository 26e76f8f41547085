import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { parseInstant } from '@yizhan/kernel';
import { minute } from '../../replay/passages/local-time.js';
import { type StudyDay, type StudyTruck, weightOf } from '../days/study-day.js';

/** How it ended for a truck that wants into the zone. */
export type OutcomeKind =
  | 'served'
  /** It failed its checks. */
  | 'turned_away'
  /** No driver, for the reasons that were told. */
  | 'waiting'
  /** A driver is on his way, or the swap is under way. */
  | 'assigned'
  /** It was not ready for a driver when the study ended. */
  | 'not_ready';

/** One truck's way in, by the events alone. Instants are epoch milliseconds. */
export interface Outcome {
  readonly truck: StudyTruck;
  readonly kind: OutcomeKind;
  /** Rules that kept it waiting, as the last `assignment.withheld` told them. */
  readonly reasons: readonly string[];
  readonly readyAt: number | undefined;
  /** Planned start of the assignment with which it went; until then it has waited for a driver. */
  readonly driverAt: number | undefined;
  readonly waitedMinutes: number;
  /** How often a driver was assigned to it. */
  readonly assignments: number;
}

interface Way {
  readonly truck: StudyTruck;
  handoffId: string;
  readyAt: number | undefined;
  plannedStartAt: number | undefined;
  departedAs: string | undefined;
  reasons: readonly string[];
  assignments: number;
}

/** What became of every truck of the day: the log says all of it. */
export function outcomesOf(day: StudyDay, events: readonly YizhanEvent[]): Outcome[] {
  const ways = new Map<string, Way>(day.trucks.map((truck) => [truck.visitId, newWay(truck)]));
  for (const event of events) follow(ways, event);
  return [...ways.values()].map((way) => outcomeOf(way, day.endsAt));
}

function newWay(truck: StudyTruck): Way {
  return {
    truck,
    handoffId: '',
    readyAt: undefined,
    plannedStartAt: undefined,
    departedAs: undefined,
    reasons: [],
    assignments: 0,
  };
}

function follow(ways: ReadonlyMap<string, Way>, event: YizhanEvent): void {
  const { data } = event;
  const way = 'visitId' in data && data.visitId !== undefined ? ways.get(data.visitId) : undefined;
  if (!way) return;
  if (isEvent(event, 'handoff.requested')) {
    way.handoffId = event.data.handoffId;
    way.readyAt = parseInstant(event.data.readyAt);
  } else if (isEvent(event, 'handoff.assigned')) {
    way.plannedStartAt = parseInstant(event.data.plannedStartAt);
    way.assignments += 1;
    way.reasons = [];
  } else if (isEvent(event, 'handoff.assignment_ended')) way.plannedStartAt = undefined;
  else if (isEvent(event, 'assignment.withheld')) way.reasons = event.data.blockers.map(({ rule }) => rule);
  else if (isEvent(event, 'visit.departed')) way.departedAs = event.data.outcome;
}

function outcomeOf({ truck, readyAt, plannedStartAt, departedAs, reasons, assignments }: Way, endsAt: number): Outcome {
  const kind = kindOf(readyAt, plannedStartAt, departedAs);
  const driverAt = kind === 'served' || kind === 'assigned' ? plannedStartAt : undefined;
  const waited = readyAt === undefined || kind === 'turned_away' ? 0 : (driverAt ?? endsAt) - readyAt;
  const waitedMinutes = Math.max(0, waited) / minute;
  return { truck, kind, reasons, readyAt, driverAt, waitedMinutes, assignments };
}

function kindOf(
  readyAt: number | undefined,
  plannedStartAt: number | undefined,
  departedAs: string | undefined,
): OutcomeKind {
  if (departedAs === 'swapped') return 'served';
  if (departedAs !== undefined) return 'turned_away';
  if (plannedStartAt !== undefined) return 'assigned';
  return readyAt === undefined ? 'not_ready' : 'waiting';
}

/** Minutes that trucks have waited for a driver, each counted by the truck's weight. */
export function weightedMinutes(outcomes: readonly Outcome[]): number {
  return outcomes.reduce((sum, { truck, waitedMinutes }) => sum + weightOf(truck) * waitedMinutes, 0);
}
