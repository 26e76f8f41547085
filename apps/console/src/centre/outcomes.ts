/** A figure of the board that says how something came out, or why. */
export interface OutcomeFigure {
  readonly kpi: string;
  readonly flow: string;
  readonly split: string;
  readonly count: number;
}

/** Figures of what went otherwise than planned, in the order in which they are shown. */
export const outcomeKpis = [
  'slot_adherence',
  'driver_no_shows',
  'truck_no_shows',
  'declines',
  'aborts',
  'holds',
  'check_failures',
] as const;

/** How something came out, both ways together, the most frequent of each figure first. */
export interface Outcome {
  readonly kpi: (typeof outcomeKpis)[number];
  /** What it is divided by: a reason, an item with its reason as `item/reason`; empty where it is not. */
  readonly part: string;
  readonly into: number;
  readonly out: number;
}

export function outcomesOf(figures: readonly OutcomeFigure[]): Outcome[] {
  return outcomeKpis.flatMap((kpi) => {
    const own = figures.filter((figure) => figure.kpi === kpi);
    const sum = (part: string, isMeant: (flow: string) => boolean): number =>
      own.filter(({ split, flow }) => split === part && isMeant(flow)).reduce((total, { count }) => total + count, 0);
    return [...new Set(own.map(({ split }) => split))]
      .map((part) => ({
        kpi,
        part,
        into: sum(part, (flow) => flow !== 'out_of_zone'),
        out: sum(part, (flow) => flow === 'out_of_zone'),
      }))
      .toSorted((one, other) => other.into + other.out - one.into - one.out || (one.part < other.part ? -1 : 1));
  });
}
