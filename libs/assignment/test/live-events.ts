import type { AssignmentProblem } from '../src/assignment-problem.js';
import type { LiveAssignment } from '../src/live/live-assignment.js';
import { problemOf, type Edge } from './problems.js';

/** A whole number from 0 below `below`. */
export type Choose = (below: number) => number;

export interface EventSettings {
  readonly maxRows: number;
  readonly maxColumns: number;
  readonly cost: (choose: Choose) => number;
}

/** A linear congruential generator (Numerical Recipes), so that a run can be repeated. */
export function seeded(seed: number): Choose {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

/** Chooses from a list that fast-check can shorten and lessen; 0 when it is used up. */
export function chosenFrom(numbers: readonly number[]): Choose {
  let next = 0;
  return (below) => {
    const number = numbers[next] ?? 0;
    next += 1;
    return below <= 0 ? 0 : number % below;
  };
}

interface MirrorRow {
  skipCost: number;
  readonly edges: Map<number, number>;
}

/** Lets random events happen to a live assignment and, written down without thought, to a copy of its problem. */
export class RandomEvents {
  private readonly rows = new Map<number, MirrorRow>();
  private readonly columns = new Set<number>();

  constructor(
    private readonly live: LiveAssignment,
    private readonly choose: Choose,
    private readonly settings: EventSettings,
  ) {}

  /** Lets one event happen and says which. */
  next(): string {
    const kinds = [
      ...(this.rows.size < this.settings.maxRows ? [this.addRow, this.addRow] : []),
      ...(this.columns.size < this.settings.maxColumns ? [this.addColumn, this.addColumn] : []),
      ...(this.rows.size > 0 ? [this.removeRow, this.setSkipCost, this.replaceRow] : []),
      ...(this.columns.size > 0 ? [this.removeColumn, this.replaceColumn] : []),
      ...(this.rows.size > 0 && this.columns.size > 0 ? [this.setCost, this.setCost, this.removeEdge] : []),
    ];
    return this.one(kinds).call(this);
  }

  /** The problem as it is now; of the live assignment it has only the numbers. */
  problem(): AssignmentProblem {
    const placeOfColumn = new Map([...this.columns].toSorted((a, b) => a - b).map((column, place) => [column, place]));
    const rows = [...this.rows].toSorted(([a], [b]) => a - b).map(([, row]) => row);
    return problemOf(
      this.columns.size,
      rows.map(({ edges }) =>
        [...edges].map(([column, cost]): Edge => [placeOfColumn.get(column) ?? -1, cost]).toSorted(([a], [b]) => a - b),
      ),
      rows.map(({ skipCost }) => skipCost),
    );
  }

  private addRow(): string {
    const edges = this.edgesTo([...this.columns]);
    const skipCost = this.cost();
    const row = this.live.addRow([...edges.keys()], [...edges.values()], skipCost);
    this.rows.set(row, { skipCost, edges });
    return `row ${row} in: ${shown(edges)}, skip ${skipCost}`;
  }

  private removeRow(): string {
    const row = this.row();
    this.live.removeRow(row);
    this.rows.delete(row);
    return `row ${row} out`;
  }

  private replaceRow(): string {
    const row = this.row();
    const edges = this.edgesTo([...this.columns]);
    const skipCost = this.cost();
    this.live.replaceRow(row, [...edges.keys()], [...edges.values()], skipCost);
    this.rows.set(row, { skipCost, edges });
    return `row ${row} anew: ${shown(edges)}, skip ${skipCost}`;
  }

  private addColumn(): string {
    const edges = this.edgesTo([...this.rows.keys()]);
    const column = this.live.addColumn([...edges.keys()], [...edges.values()]);
    this.columns.add(column);
    for (const [row, cost] of edges) this.edgesOf(row).set(column, cost);
    return `column ${column} in: ${shown(edges)}`;
  }

  private removeColumn(): string {
    const column = this.one([...this.columns]);
    this.live.removeColumn(column);
    this.columns.delete(column);
    for (const { edges } of this.rows.values()) edges.delete(column);
    return `column ${column} out`;
  }

  private replaceColumn(): string {
    const column = this.one([...this.columns]);
    const edges = this.edgesTo([...this.rows.keys()]);
    this.live.replaceColumn(column, [...edges.keys()], [...edges.values()]);
    for (const row of this.rows.values()) row.edges.delete(column);
    for (const [row, cost] of edges) this.edgesOf(row).set(column, cost);
    return `column ${column} anew: ${shown(edges)}`;
  }

  private setCost(): string {
    const row = this.row();
    // Often an edge that is used, as those are the ones that matter.
    const used = this.live.columnOf(row);
    const column = used >= 0 && this.choose(2) === 0 ? used : this.one([...this.columns]);
    const cost = this.cost();
    this.live.setCost(row, column, cost);
    this.edgesOf(row).set(column, cost);
    return `row ${row} column ${column} costs ${cost}`;
  }

  private removeEdge(): string {
    const row = this.row();
    const used = this.live.columnOf(row);
    const column = used >= 0 && this.choose(2) === 0 ? used : this.one([...this.columns]);
    this.live.removeEdge(row, column);
    this.edgesOf(row).delete(column);
    return `row ${row} column ${column} forbidden`;
  }

  private setSkipCost(): string {
    const row = this.row();
    const skipCost = this.cost();
    this.live.setSkipCost(row, skipCost);
    this.rows.set(row, { skipCost, edges: this.edgesOf(row) });
    return `row ${row} skip ${skipCost}`;
  }

  private row(): number {
    return this.one([...this.rows.keys()]);
  }

  private cost(): number {
    return this.settings.cost(this.choose);
  }

  private one<T>(list: readonly T[]): T {
    return list[this.choose(list.length)];
  }

  private edgesTo(nodes: readonly number[]): Map<number, number> {
    const share = this.choose(4);
    return new Map(nodes.filter(() => this.choose(4) <= share).map((node) => [node, this.cost()]));
  }

  private edgesOf(row: number): Map<number, number> {
    return this.rows.get(row)?.edges ?? new Map<number, number>();
  }
}

function shown(edges: ReadonlyMap<number, number>): string {
  return [...edges].map(([to, cost]) => `${to} at ${cost}`).join(', ') || 'no edges';
}
