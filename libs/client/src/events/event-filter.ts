/** What events are about: one of each list given. */
export interface EventFilter {
  /** `*` stands for any characters. @example ['yizhan.handoff.*'] */
  readonly types?: readonly string[];
  /** Codes of stations. */
  readonly stations?: readonly string[];
  /** Codes of areas. */
  readonly areas?: readonly string[];
}

/** As the feed is asked for it. */
export function queryOf({ types, stations, areas }: EventFilter): Record<keyof EventFilter, string[] | undefined> {
  const list = (values: readonly string[] | undefined): string[] | undefined => values && [...values];
  return { types: list(types), stations: list(stations), areas: list(areas) };
}
