/** What events are about: one of each list given, as a subscription has it too. */
export interface EventFilter {
  /** `*` stands for any characters. @example ['yizhan.handoff.*'] */
  readonly types?: readonly string[];
  /** Codes of stations. */
  readonly stations?: readonly string[];
  /** Codes of areas. */
  readonly areas?: readonly string[];
  /** Trucks, also where an event names only its visit. */
  readonly plates?: readonly string[];
  /** Ids of consignments on board. */
  readonly consignments?: readonly string[];
  /** Your own numbers of waybills and of outbound orders. */
  readonly references?: readonly string[];
}

/** As the feed is asked for it. */
export function queryOf(filter: EventFilter): Record<keyof EventFilter, string[] | undefined> {
  const list = (values: readonly string[] | undefined): string[] | undefined => values && [...values];
  const { types, stations, areas, plates, consignments, references } = filter;
  return {
    types: list(types),
    stations: list(stations),
    areas: list(areas),
    plates: list(plates),
    consignments: list(consignments),
    references: list(references),
  };
}
