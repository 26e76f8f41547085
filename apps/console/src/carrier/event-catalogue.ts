/** A field of an event or of a value, as `/api/event-catalogue.json` describes it. */
export interface CatalogueField {
  readonly name: string;
  readonly optional?: boolean;
  /** The name of a value of the catalogue, or the type as it is written. */
  readonly type: string;
  readonly isList?: boolean;
  /** What it may say, where that is a closed list. */
  readonly texts?: readonly string[];
  /** What it is counted in. */
  readonly unit?: string;
  readonly meaning?: string;
}

export interface CatalogueEvent {
  readonly name: string;
  readonly type: string;
  readonly versions: readonly number[];
  readonly meaning: { readonly zh: string; readonly en: string };
  readonly subjects: readonly string[];
  /** A carrier gets those of its own trucks. */
  readonly reachesCarriers: boolean;
  readonly dataschema: string;
  readonly fields: readonly CatalogueField[];
  readonly example: object;
}

export interface EventCatalogue {
  readonly events: readonly CatalogueEvent[];
  readonly values: Readonly<
    Record<
      string,
      { readonly meaning?: string; readonly fields?: readonly CatalogueField[]; readonly texts?: readonly string[] }
    >
  >;
}

/** Those that somebody looks for: by a part of the type or of what it says, in either language. */
export function eventsWith({ events }: EventCatalogue, part: string, isOfCarriers: boolean): readonly CatalogueEvent[] {
  const wanted = part.trim().toLowerCase();
  return events.filter(
    ({ type, meaning, reachesCarriers }) =>
      (reachesCarriers || !isOfCarriers) &&
      [type, meaning.zh, meaning.en].some((text) => text.toLowerCase().includes(wanted)),
  );
}
