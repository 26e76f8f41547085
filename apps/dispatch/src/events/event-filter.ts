import type { Caller } from '@yizhan/identity';
import type { EventFacts, LoggedEvent } from './logged-event.js';
import { maySee } from './may-see.js';

/** What somebody asks for: one of each list that is given. */
export interface EventFilter {
  /** Types on the wire; `*` stands for any characters: `yizhan.handoff.*`. */
  readonly types?: readonly string[];
  readonly stations?: readonly string[];
  readonly areas?: readonly string[];
  readonly plates?: readonly string[];
  /** Ids of consignments on board. */
  readonly consignments?: readonly string[];
  /** The carrier's own references: numbers of waybills and of outbound orders. */
  readonly references?: readonly string[];
}

export type IsWanted = (event: LoggedEvent) => boolean;

/**
 * Lets through what the caller asks for and may see, as far as the event itself tells.
 * @throws Problem `forbidden` where he names a station or an area that is not his: silence would look like no events.
 */
export function wantedBy(caller: Caller, filter: EventFilter): IsWanted {
  requireOwnPlaces(caller, filter);
  const passes = passesFilter(filter);
  return ({ facts }) => facts !== undefined && maySee(caller, facts) && passes(facts);
}

/** Whether truck and goods have to be known where an event names only its visit. */
export const asksForTruck = ({ plates, consignments, references }: EventFilter): boolean =>
  plates !== undefined || consignments !== undefined || references !== undefined;

/** @throws Problem `forbidden` where he names a station or an area that is not his. */
function requireOwnPlaces(caller: Caller, filter: EventFilter): void {
  if (caller.role === 'operator' || caller.role === 'shift_lead') {
    for (const station of filter.stations ?? []) caller.requireStation(station);
  }
  if (caller.role === 'command_centre') for (const area of filter.areas ?? []) caller.requireArea(area);
}

/** One of each list that is given, all of the lists. */
export function passesFilter(filter: EventFilter): (event: EventFacts) => boolean {
  const { types, stations, areas, plates, consignments, references } = filter;
  const isType = types?.map(matcherOf);
  return (event) =>
    (isType === undefined || isType.some((matches) => matches(event.type))) &&
    (stations === undefined || (event.stationCode !== undefined && stations.includes(event.stationCode))) &&
    (areas === undefined || areas.includes(event.areaCode)) &&
    (plates === undefined || (event.plate !== undefined && plates.includes(event.plate))) &&
    (consignments === undefined || hasOneOf(event.consignments, consignments)) &&
    (references === undefined || hasOneOf(event.references, references));
}

const hasOneOf = (there: readonly string[] | undefined, wanted: readonly string[]): boolean =>
  there?.some((each) => wanted.includes(each)) ?? false;

/** Whether a text is what a pattern stands for. Part by part and never back, so that no pattern takes longer than its length times the text's. */
export function matcherOf(pattern: string): (text: string) => boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return (text) => text === pattern;
  return (text) => {
    if (!text.startsWith(first)) return false;
    let from = first.length;
    for (const part of others) {
      const found = text.indexOf(part, from);
      if (found < 0) return false;
      from = found + part.length;
    }
    return text.length - last.length >= from && text.endsWith(last);
  };
}
