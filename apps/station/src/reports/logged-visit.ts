import { type CheckResult, isEvent, type Party, type PolicyRef, type YizhanEvent } from '@yizhan/contracts';

/** What the log says of a visit and no table does. */
export interface LoggedVisit {
  /** Who brought the truck in; absent where the arrival is still on its way to the log. */
  readonly broughtBy?: Party;
  /** Who left with it. */
  readonly leftWith?: Party;
  /** Why it was turned away or sent elsewhere. */
  readonly reasons: readonly string[];
  readonly checks: readonly LoggedCheck[];
  /** When its cargo was held, epoch milliseconds. */
  readonly heldAt: readonly number[];
  /** When a handoff of it was aborted, and why. */
  readonly aborted: readonly { readonly at: number; readonly reason: string }[];
}

export interface LoggedCheck {
  readonly at: number;
  readonly policy: PolicyRef;
  readonly results: readonly CheckResult[];
}

/** Types of events that a visit's record is made of. */
export const typesOfRecord = [
  'visit.arrived',
  'visit.departed',
  'visit.checked',
  'cargo.held',
  'handoff.aborted',
  'record.retracted',
] as const;

export const unlogged: LoggedVisit = { reasons: [], checks: [], heldAt: [], aborted: [] };

/** A visit's record from its events in the order of the log; what was taken back later never was. */
export function loggedVisit(events: readonly YizhanEvent[]): LoggedVisit {
  const takenBack = new Set(
    events.flatMap((event) => (isEvent(event, 'record.retracted') ? [event.data.retractedEventId] : [])),
  );
  return events.filter(({ id }) => !takenBack.has(id)).reduce(withEvent, unlogged);
}

function withEvent(record: LoggedVisit, event: YizhanEvent): LoggedVisit {
  const at = Date.parse(event.time);
  if (isEvent(event, 'visit.arrived')) return { ...record, broughtBy: event.data.custodian };
  if (isEvent(event, 'visit.departed')) {
    return { ...record, leftWith: event.data.custodian, reasons: event.data.reasons ?? [] };
  }
  if (isEvent(event, 'visit.checked')) {
    const { policy, checks: results } = event.data;
    return { ...record, checks: [...record.checks, { at, policy, results }] };
  }
  if (isEvent(event, 'cargo.held')) return { ...record, heldAt: [...record.heldAt, at] };
  if (isEvent(event, 'handoff.aborted')) {
    return { ...record, aborted: [...record.aborted, { at, reason: event.data.reason }] };
  }
  return record;
}
