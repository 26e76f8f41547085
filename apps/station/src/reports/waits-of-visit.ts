import { type Flow, isEvent, type YizhanEvent } from '@yizhan/contracts';

/** Who a truck waits for. */
export const waitedFor = ['station', 'carrier', 'driver_pool'] as const;
export type WaitedFor = (typeof waitedFor)[number];

/** What a truck waits for, in the order in which it usually comes. */
export const waitCauses = [
  'check',
  'check_failed',
  'cargo_held',
  'no_driver',
  'driver_answer',
  'carrier_consent',
  'bay',
  'release',
  'departure',
] as const;
export type WaitCause = (typeof waitCauses)[number];

/** One stretch of waiting; instants are epoch milliseconds. */
export interface Wait {
  readonly cause: WaitCause;
  readonly by: WaitedFor;
  readonly from: number;
  readonly to: number;
}

/** When what happened to a visit, and what it waited for between; the swap itself is no wait. */
export interface WaitsOfVisit {
  readonly calledAt?: number;
  readonly swappedAt?: number;
  readonly releasedAt?: number;
  readonly waits: readonly Wait[];
}

/** Events that begin or end a wait. */
export const typesOfWaits = [
  'visit.arrived',
  'visit.called',
  'visit.checked',
  'handoff.requested',
  'handoff.assigned',
  'handoff.accepted',
  'handoff.assignment_ended',
  'handoff.started',
  'handoff.completed',
  'handoff.aborted',
  'cargo.held',
  'cargo.released',
  'visit.departed',
  'record.retracted',
] as const;

/** Into the zone the area's pool drives, out of it a driver of the carrier. */
const driverSide: Readonly<Record<Flow, WaitedFor>> = { into_zone: 'driver_pool', out_of_zone: 'carrier' };

const responsible: Readonly<Record<WaitCause, WaitedFor | typeof driverSide>> = {
  check: 'station',
  check_failed: 'carrier',
  cargo_held: 'carrier',
  no_driver: driverSide,
  driver_answer: driverSide,
  carrier_consent: 'carrier',
  bay: 'station',
  release: 'station',
  departure: driverSide,
};

export function causedBy(cause: WaitCause, flow: Flow): WaitedFor {
  const by = responsible[cause];
  return typeof by === 'string' ? by : by[flow];
}

/** From its events in the order of the log; what was taken back later never was. */
export function waitsOfVisit(events: readonly YizhanEvent[], flow: Flow): WaitsOfVisit {
  const takenBack = new Set(
    events.flatMap((event) => (isEvent(event, 'record.retracted') ? [event.data.retractedEventId] : [])),
  );
  const counted = new Counting(flow);
  for (const event of events) if (!takenBack.has(event.id)) counted.take(event);
  return counted.result;
}

class Counting {
  readonly #waits: Wait[] = [];
  #cause: WaitCause | undefined;
  #since = -Infinity;
  #isSwapped = false;
  #at: { calledAt?: number; swappedAt?: number; releasedAt?: number } = {};

  constructor(private readonly flow: Flow) {}

  get result(): WaitsOfVisit {
    return { ...this.#at, waits: this.#waits };
  }

  take(event: YizhanEvent): void {
    // What was recorded late lies before what the log has already: it takes nothing back.
    const at = Math.max(this.#since, Date.parse(event.time));
    if (isEvent(event, 'visit.called')) this.#at.calledAt = at;
    if (isEvent(event, 'cargo.released')) this.#at.releasedAt = at;
    if (isEvent(event, 'handoff.completed')) {
      this.#isSwapped = true;
      this.#at.swappedAt = Date.parse(event.data.custodyAt);
    }
    if (isEvent(event, 'handoff.started')) this.#consentUntil(Date.parse(event.data.authorisation.at), at);
    const next = this.#after(event);
    if (next !== 'as before') this.#waitFor(next, at);
  }

  /** A bay is of no use until the carrier has agreed. */
  #consentUntil(agreedAt: number, startedAt: number): void {
    if (this.#cause !== 'bay' || agreedAt <= this.#since) return;
    this.#cause = 'carrier_consent';
    this.#waitFor('bay', Math.min(agreedAt, startedAt));
  }

  #after(event: YizhanEvent): WaitCause | undefined | 'as before' {
    if (isEvent(event, 'visit.arrived')) return 'check';
    if (isEvent(event, 'visit.checked')) return this.#afterCheck(event.data.passed);
    if (isEvent(event, 'handoff.requested') || isEvent(event, 'handoff.assignment_ended')) return 'no_driver';
    if (isEvent(event, 'handoff.assigned')) return 'driver_answer';
    if (isEvent(event, 'handoff.accepted')) return 'bay';
    if (isEvent(event, 'handoff.aborted')) return 'check';
    if (isEvent(event, 'handoff.completed')) return this.#cause === 'cargo_held' ? 'as before' : 'release';
    if (isEvent(event, 'cargo.held')) return 'cargo_held';
    if (isEvent(event, 'cargo.released')) return 'departure';
    if (isEvent(event, 'handoff.started') || isEvent(event, 'visit.departed')) return undefined;
    return 'as before';
  }

  #afterCheck(passed: boolean): WaitCause | 'as before' {
    if (!passed) return 'check_failed';
    const wasHeldUp = this.#cause === 'check_failed' || this.#cause === 'cargo_held';
    if (wasHeldUp) return this.#isSwapped ? 'release' : 'no_driver';
    return 'as before';
  }

  #waitFor(next: WaitCause | undefined, at: number): void {
    if (this.#cause === next) return;
    const cause = this.#cause;
    if (cause !== undefined && at > this.#since) {
      this.#waits.push({ cause, by: causedBy(cause, this.flow), from: this.#since, to: at });
    }
    this.#cause = next;
    this.#since = at;
  }
}
