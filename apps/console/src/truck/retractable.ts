/** What can be taken back as never having occurred, while nothing depends on it: `docs/corrections.md`. */
const retractable: ReadonlySet<string> = new Set([
  'visit.announced',
  'visit.queued',
  'visit.called',
  'visit.cancelled',
  'visit.arrived',
  'visit.checked',
  'cargo.held',
  'cargo.released',
]);

/** What the history knows of an event. */
export interface LoggedEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly position: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Such as `visit.arrived`: the type without its prefix and its version. */
export const nameOf = (type: string): string => /([a-z_]+\.[a-z_]+)(?:\.v\d+)?$/.exec(type)?.[1] ?? type;

const retractedBy = ({ type, data }: LoggedEvent): string | undefined => {
  const { retractedEventId: eventId } = data;
  return nameOf(type) === 'record.retracted' && typeof eventId === 'string' ? eventId : undefined;
};

/** Ids of events that were taken back. */
export const takenBack = (history: readonly LoggedEvent[]): ReadonlySet<string> =>
  new Set(history.flatMap((event) => retractedBy(event) ?? []));

/** The event that may be taken back now: the last one of the visit that was not, where it is of a kind that can be. */
export function lastRetractable(history: readonly LoggedEvent[]): LoggedEvent | undefined {
  const gone = takenBack(history);
  const last = history
    .filter(({ id, type }) => !gone.has(id) && nameOf(type) !== 'record.retracted')
    .toSorted((one, other) => Number(one.position) - Number(other.position))
    .at(-1);
  return last && retractable.has(nameOf(last.type)) ? last : undefined;
}

/** What each step writes that can be taken back. */
const eventOfStep: Readonly<Record<string, string>> = {
  arrive: 'visit.arrived',
  queue: 'visit.queued',
  call: 'visit.called',
  check: 'visit.checked',
  hold_cargo: 'cargo.held',
  release_cargo: 'cargo.released',
  cancel: 'visit.cancelled',
};

/** What a step has just written, as long as it can be taken back. */
export function writtenBy(step: string, history: readonly LoggedEvent[]): LoggedEvent | undefined {
  const last = lastRetractable(history);
  return last && nameOf(last.type) === eventOfStep[step] ? last : undefined;
}
