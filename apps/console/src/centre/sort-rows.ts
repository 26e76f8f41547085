/** By which column a table is sorted, and which way. */
export interface Order<Row> {
  readonly by: keyof Row;
  readonly isDown: boolean;
}

/** Sorted by a column; rows that are alike there keep their order. */
export function sortRows<Row>(rows: readonly Row[], { by, isDown }: Order<Row>): Row[] {
  const factor = isDown ? -1 : 1;
  return rows.toSorted((one, other) => factor * compare(one[by], other[by]));
}

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other));
}

/** The same column again turns it round; another one begins with the most, or with the first letter. */
export function orderAfter<Row>(before: Order<Row>, by: keyof Row, isText: boolean): Order<Row> {
  return before.by === by ? { by, isDown: !before.isDown } : { by, isDown: !isText };
}
