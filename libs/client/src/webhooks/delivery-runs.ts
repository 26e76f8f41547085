/** A delivery of a subscription, and where its event lies in the log. */
export interface DeliveryPlace {
  /** `yizhan-delivery-number`: 1, 2, 3 … for each subscription. */
  readonly number: number;
  /** Decimal position of the event. */
  readonly position: string;
}

/** Deliveries without a gap between them. */
export interface DeliveryRun {
  readonly first: DeliveryPlace;
  readonly last: DeliveryPlace;
}

/**
 * What has come of a subscription: runs in order, with a gap between each two. The first begins with number 0, at the position at
 * which the subscription does. Plain JSON, to be kept as it is.
 */
export type DeliveryRuns = readonly DeliveryRun[];

/** Deliveries that have not come, although a later one has. */
export interface DeliveryGap {
  /** How many. */
  readonly missing: number;
  /** The last one before them; number 0 where the first ones are missing. */
  readonly after: DeliveryPlace;
  /** The first one after them. */
  readonly before: DeliveryPlace;
}

/** Nothing has come yet. @param position at which the subscription begins */
export function noDeliveries(position = '0'): DeliveryRuns {
  const none = { number: 0, position };
  return [{ first: none, last: none }];
}

/** With one delivery more. It may be there already: deliveries come in any order, and again. */
export function withDelivery(runs: DeliveryRuns, place: DeliveryPlace): DeliveryRuns {
  const { number } = place;
  const index = runs.findLastIndex(({ first }) => first.number <= number);
  const before = runs[index];
  if (!before || number <= before.last.number) return runs;
  const after = runs[index + 1];
  const joinsBefore = before.last.number + 1 === number;
  const joinsAfter = after !== undefined && number + 1 === after.first.number;
  const run = { first: joinsBefore ? before.first : place, last: joinsAfter ? after.last : place };
  return runs.toSpliced(joinsBefore ? index : index + 1, Number(joinsBefore) + Number(joinsAfter), run);
}

/** The gaps, the oldest first. */
export function gapsOf(runs: DeliveryRuns): DeliveryGap[] {
  return runs.flatMap(({ last }, index) => {
    const next = runs[index + 1];
    return next ? [{ missing: next.first.number - last.number - 1, after: last, before: next.first }] : [];
  });
}

/** Without a gap, once its events are there; some of it may have come meanwhile. */
export function withoutGap(runs: DeliveryRuns, { after, before }: DeliveryGap): DeliveryRuns {
  const isTouched = ({ first, last }: DeliveryRun): boolean =>
    last.number >= after.number && first.number <= before.number;
  const touched = runs.filter(isTouched);
  const [one] = touched;
  const other = touched.at(-1);
  if (!one || !other) return runs;
  return runs.toSpliced(runs.indexOf(one), touched.length, { first: one.first, last: other.last });
}
