import fc from 'fast-check';
import { chosenFrom, type Choose, seeded } from '../../test/live-events.js';
import { gone, Side } from './side.js';

const maxNodes = 14;

/** Rows and columns of few kinds that come, go and change, and searches that look along edges of rows as they please. */
class Searches {
  /** How many rows were passed over. */
  covered = 0;
  private readonly rows = new Side();
  private readonly columns = new Side();
  private readonly kindOf = new Map<number, number>();

  constructor(private readonly choose: Choose) {}

  change(): void {
    const { rows, columns, choose } = this;
    const [row, column] = [this.someOf(rows), this.someOf(columns)];
    const lot = choose(16);
    if (lot < 5 || row === undefined) this.enter(rows, columns);
    else if (lot < 10 || column === undefined) this.enter(columns, rows);
    else if (lot === 10) this.leave(rows, columns, row);
    else if (lot === 11) this.leave(columns, rows, column);
    else {
      const place = rows.edges.placeOf(row, column);
      if (place < 0) rows.link(row, columns, column, choose(9));
      else if (lot < 14) rows.setCost(row, columns, place, choose(9));
      else rows.unlink(row, columns, place);
    }
  }

  /** @returns a sentence for each row that was passed over although a way over it is shorter. */
  search(): string[] {
    const { rows, columns, choose } = this;
    const came = new Map<number, number>();
    const faults: string[] = [];
    rows.alikes.begin();
    for (let count = choose(12); count > 0; count -= 1) {
      const row = this.someOf(rows);
      if (row === undefined) break;
      const offset = choose(4);
      const ways = this.edgesOf(row).map(([column, cost]) => [column, offset + cost] as const);
      if (rows.alikes.isCovered(row, offset)) {
        this.covered += 1;
        for (const [column, way] of ways)
          if (!((came.get(column) ?? Infinity) <= way)) faults.push(`row ${row} at ${offset} to column ${column}`);
      } else {
        for (const [column, way] of ways) came.set(column, Math.min(came.get(column) ?? Infinity, way));
        rows.alikes.findModel(row, columns.potential);
      }
      rows.alikes.cover(row, offset);
    }
    return faults;
  }

  private enter(own: Side, other: Side): void {
    if (own.count >= maxNodes) return;
    const number = own.newNumber();
    const kind = this.choose(2);
    const [to, cost]: [number[], number[]] = [[], []];
    for (const [node, kindOfNode] of this.nodesOf(other)) {
      const chance = this.choose(60);
      if (chance === 0) continue;
      to.push(other.numberOf[node]);
      cost.push(chance === 1 ? this.choose(9) : 2 + kind * 3 + kindOfNode);
    }
    const node = own.add(number, 0);
    this.kindOf.set(this.key(own, node), kind);
    own.linkAll(node, other, to, cost);
  }

  private leave(own: Side, other: Side, node: number): void {
    own.returnNumber(own.numberOf[node]);
    own.remove(node, other);
  }

  private edgesOf(row: number): [column: number, cost: number][] {
    const { start, length, to, cost } = this.rows.edges;
    return Array.from({ length: length[row] }, (_, index): [number, number] => {
      const place = start[row] + index;
      return [to[place], cost[place]];
    }).filter(([column]) => this.columns.partner[column] !== gone);
  }

  private nodesOf(side: Side): [node: number, kind: number][] {
    return Array.from({ length: side.end }, (_, number) => number)
      .filter((number) => side.has(number))
      .map((number) => [side.nodeOf(number), this.kindOf.get(this.key(side, side.nodeOf(number))) ?? 0]);
  }

  private someOf(side: Side): number | undefined {
    const nodes = this.nodesOf(side);
    return nodes[this.choose(Math.max(1, nodes.length))]?.[0];
  }

  private readonly key = (side: Side, node: number): number => 2 * node + (side === this.rows ? 0 : 1);
}

describe('LookAlikes', () => {
  it('passes over a row only where no way over it is shorter than what was found', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 100 }), { minLength: 200, maxLength: 2000 }), (numbers) => {
        const searches = new Searches(chosenFrom(numbers));
        for (let count = 0; count < 60; count += 1) {
          searches.change();
          expect(searches.search()).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('does so after many changes, and passes over many', () => {
    const searches = new Searches(seeded(11));
    let faults = 0;
    for (let count = 0; count < 20_000; count += 1) {
      searches.change();
      faults += searches.search().length;
    }
    expect(faults).toBe(0);
    expect(searches.covered).toBeGreaterThan(5_000);
  });

  // The sums of these two lists of ends are the same.
  const [some, others] = [
    [0, 14, 23, 25],
    [1, 3, 6, 12],
  ];

  it.each([
    ['other ends, as many of them,', some, others],
    ['fewer ends', [...some, ...others], []],
  ])('takes a row for no like of one with the same sum and %s', (_, ofOne, ofTheOther) => {
    const [rows, columns] = [new Side(), new Side()];
    for (let column = 0; column < 60; column += 1) columns.add(columns.newNumber(), 0);
    const shared = Array.from({ length: 30 }, (__, index) => 30 + index);
    const addRow = (to: readonly number[], cost: readonly number[]): number => {
      const node = rows.add(rows.newNumber(), 0);
      rows.linkAll(node, columns, to, cost);
      return node;
    };
    // One end is dearer, so the other row would be the model.
    const one = addRow(
      [...shared, ...ofOne],
      [...shared, ...ofOne].map((end) => (end === 40 ? 14 : 5)),
    );
    const other = addRow(
      [...shared, ...ofTheOther],
      [...shared, ...ofTheOther].map(() => 5),
    );
    for (const scanned of [one, other]) {
      rows.alikes.begin();
      for (const row of [one, other]) rows.alikes.findModel(row, columns.potential);
      rows.alikes.cover(scanned, 0);
      expect(rows.alikes.isCovered(scanned === one ? other : one, 1_000)).toBe(false);
    }
  });
});
