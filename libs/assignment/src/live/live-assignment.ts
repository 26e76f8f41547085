import type { AssignmentProblem, AssignmentSolution } from '../assignment-problem.js';
import { solveAssignment } from '../solve-assignment.js';
import { CheapestChange } from './cheapest-change.js';
import { LiveInput } from './live-input.js';
import { idle, Side } from './side.js';
import { type LiveSnapshot, load, snapshotOf } from './snapshot.js';

/**
 * An assignment that is a proven optimum after every change: rows and columns come and go, edges and costs change. It
 * holds what `AssignmentSolution` describes, a cheapest assignment and its potentials, and mends both by at most two
 * searches for a cheapest chain of changes (shortest augmenting paths on reduced costs), one for the row or column that
 * has lost its place and one for the partner that it left. Nothing is solved anew, and nothing is approximate.
 *
 * Sources: G. A. Mills-Tettey, A. Stentz and M. B. Dias, "The dynamic Hungarian algorithm for the assignment problem with
 * changing costs", CMU-RI-TR-07-27 (2007), here with rows and columns that come and go; the search is that of R. Jonker and
 * A. Volgenant (Computing 38, 1987) with the sparse lists of A. Volgenant, "Linear and semi-assignment problems: a core
 * oriented approach" (Computers & Operations Research 23, 1996). A skip cost is a private column of that row, and a
 * column's freedom a private row of cost 0, neither written out, so that rows and columns are mended by the same search.
 *
 * Time: a change that keeps the potentials feasible and tight costs O(1), or O(edges of the row) to find the edge; any
 * other O(e log n), where e counts the edges and n the columns of the part that is nearer than the end of the cheapest
 * chain; the whole problem at worst. Rows and columns in and out add O(their edges). Memory is O(rows + columns + edges).
 * Where many rows or columns cost alike, most of that part is passed over (`LookAlikes`).
 *
 * Rows and columns are small whole numbers that `addRow` and `addColumn` return; a number is given again after its row or
 * column was removed. Deterministic: the same changes in the same order lead to the same assignment. Which of several
 * optima that is depends on the history: a change moves only what lies on its chains, all others keep their columns. At
 * one cost a column is preferred to a skip where the end of one edge shows both.
 *
 * Every method throws `AssignmentProblemError`, and has changed nothing, where a row or column does not exist, an edge
 * stands in a list twice, or a cost is no safe integer or too large to be added exactly.
 */
export class LiveAssignment {
  private readonly rows = new Side();
  private readonly columns = new Side();
  private readonly input = new LiveInput(this.rows, this.columns);
  private readonly cheapest = new CheapestChange(this.rows, (row) => {
    this.changed.add(this.rows.numberOf[row]);
  });
  private changed = new Set<number>();
  private total = 0;

  /**
   * The live form of `problem`, whose rows and columns keep their numbers. Begins with `solution`, which may have been
   * kept for a warm start, and throws `AssignmentProblemError` where that is no proven optimum.
   */
  static of(problem: AssignmentProblem, solution: AssignmentSolution = solveAssignment(problem)): LiveAssignment {
    const live = new LiveAssignment();
    load(problem, solution, live.rows, live.columns);
    live.input.acceptCosts(problem.cost, problem.rows);
    live.input.acceptCosts(problem.skipCost, problem.rows);
    live.total = solution.totalCost;
    return live;
  }

  get rowCount(): number {
    return this.rows.count;
  }

  get columnCount(): number {
    return this.columns.count;
  }

  /** What the rows cost that have a column, and those that are skipped: the least there is. */
  get totalCost(): number {
    return this.total;
  }

  /** Adds a row that may take each of `columns` at the cost of the same index, or be skipped. */
  addRow(columns: ArrayLike<number>, costs: ArrayLike<number>, skipCost: number): number {
    this.assertRowEdges(columns, costs, skipCost, this.rows.count + 1);
    const row = this.rows.newNumber();
    this.enter(this.rows, this.columns, this.rows.add(row, skipCost), columns, costs);
    return row;
  }

  /** Adds a column that each of `rows` may take at the cost of the same index. */
  addColumn(rows: ArrayLike<number>, costs: ArrayLike<number>): number {
    this.assertColumnEdges(rows, costs);
    const column = this.columns.newNumber();
    this.enter(this.columns, this.rows, this.columns.add(column, 0), rows, costs);
    return column;
  }

  removeRow(row: number): void {
    const left = this.leave(this.rows, this.columns, this.rowNode(row));
    this.rows.returnNumber(row);
    this.settle(this.columns, this.rows, left);
    this.changed.delete(row);
  }

  removeColumn(column: number): void {
    const left = this.leave(this.columns, this.rows, this.columnNode(column));
    this.columns.returnNumber(column);
    this.settle(this.rows, this.columns, left);
  }

  /** Gives a row other edges and another skip cost: in one step what removing and adding it would do in two. */
  replaceRow(row: number, columns: ArrayLike<number>, costs: ArrayLike<number>, skipCost: number): void {
    const node = this.rowNode(row);
    this.assertRowEdges(columns, costs, skipCost, this.rows.count);
    const left = this.leave(this.rows, this.columns, node);
    this.enter(this.rows, this.columns, this.rows.add(row, skipCost), columns, costs);
    this.settle(this.columns, this.rows, left);
  }

  /** Gives a column other edges. */
  replaceColumn(column: number, rows: ArrayLike<number>, costs: ArrayLike<number>): void {
    const node = this.columnNode(column);
    this.assertColumnEdges(rows, costs);
    const left = this.leave(this.columns, this.rows, node);
    this.enter(this.columns, this.rows, this.columns.add(column, 0), rows, costs);
    this.settle(this.rows, this.columns, left);
  }

  /** Changes what it costs that `row` has `column`, or allows it. */
  setCost(row: number, column: number, cost: number): void {
    const node = this.rowNode(row);
    const to = this.columnNode(column);
    this.input.acceptCosts([cost], this.rows.count);
    const { rows, columns } = this;
    const place = rows.edges.placeOf(node, to);
    const writing = (): void => {
      if (place < 0) rows.link(node, columns, to, cost);
      else rows.setCost(node, columns, place, cost);
    };
    const isUsed = rows.partner[node] === to;
    if (isUsed && cost <= rows.edges.cost[place]) {
      this.reprice(node, cost - rows.edges.cost[place]);
      writing();
    } else if (isUsed || rows.potential[node] + columns.potential[to] > cost) this.placeAnew(node, writing);
    else writing();
  }

  /** Forbids that `row` has `column`, where it was allowed. */
  removeEdge(row: number, column: number): void {
    const node = this.rowNode(row);
    const to = this.columnNode(column);
    const { edges } = this.rows;
    const place = edges.placeOf(node, to);
    if (place < 0) return;
    const removing = (): void => this.rows.unlink(node, this.columns, place);
    if (this.rows.partner[node] === to) this.placeAnew(node, removing);
    else removing();
  }

  setSkipCost(row: number, skipCost: number): void {
    const node = this.rowNode(row);
    this.input.acceptCosts([skipCost], this.rows.count);
    const { rows } = this;
    const rise = skipCost - rows.idleCost[node];
    const isSkipped = rows.partner[node] === idle;
    const writing = (): void => void (rows.idleCost[node] = skipCost);
    if (isSkipped && rise <= 0) {
      this.reprice(node, rise);
      writing();
    } else if (isSkipped || rows.potential[node] > skipCost) this.placeAnew(node, writing);
    else writing();
  }

  /** The column of `row`, or -1 where it is skipped. */
  columnOf(row: number): number {
    const partner = this.rows.partner[this.rowNode(row)];
    return partner === idle ? -1 : this.columns.numberOf[partner];
  }

  /** The row of `column`, or -1 where it is free. */
  rowOf(column: number): number {
    const partner = this.columns.partner[this.columnNode(column)];
    return partner === idle ? -1 : this.rows.numberOf[partner];
  }

  /** What it costs that `row` has `column`, or `undefined` where that is not allowed. */
  costOf(row: number, column: number): number | undefined {
    const { edges } = this.rows;
    const place = edges.placeOf(this.rowNode(row), this.columnNode(column));
    return place < 0 ? undefined : edges.cost[place];
  }

  skipCostOf(row: number): number {
    return this.rows.idleCost[this.rowNode(row)];
  }

  /** As in `AssignmentSolution`. */
  rowPotential(row: number): number {
    return this.rows.potential[this.rowNode(row)];
  }

  /** As in `AssignmentSolution`. */
  columnPotential(column: number): number {
    return this.columns.potential[this.columnNode(column)];
  }

  /** The rows whose column may have changed since this was last asked, in the order in which they did; none that is gone. */
  takeChangedRows(): number[] {
    const rows = [...this.changed];
    this.changed = new Set();
    return rows;
  }

  /** Everything as a problem and its solution, without gaps: to keep for a warm start, or to check. */
  snapshot(): LiveSnapshot {
    return snapshotOf(this.rows, this.columns, this.total);
  }

  private rowNode(row: number): number {
    this.input.assertRow(row);
    return this.rows.nodeOf(row);
  }

  private columnNode(column: number): number {
    this.input.assertColumn(column);
    return this.columns.nodeOf(column);
  }

  private assertRowEdges(
    columns: ArrayLike<number>,
    costs: ArrayLike<number>,
    skipCost: number,
    rowsThen: number,
  ): void {
    this.input.assertEdges(this.columns, columns, costs);
    this.input.acceptCosts([skipCost], rowsThen, costs);
  }

  private assertColumnEdges(rows: ArrayLike<number>, costs: ArrayLike<number>): void {
    this.input.assertEdges(this.rows, rows, costs);
    this.input.acceptCosts(costs, this.rows.count);
  }

  /** Gives edges and a place to a node that has neither. */
  // oxlint-disable-next-line max-params
  private enter(own: Side, other: Side, node: number, to: ArrayLike<number>, cost: ArrayLike<number>): void {
    own.linkAll(node, other, to, cost);
    if (own === this.rows) this.changed.add(own.numberOf[node]);
    this.total += this.cheapest.place(own, other, node);
  }

  /** Removes a node and returns the partner that it leaves, or -1. */
  private leave(own: Side, other: Side, node: number): number {
    const left = this.release(own, other, node);
    own.remove(node, other);
    return left;
  }

  /** Takes a row out of the assignment, lets `change` happen to it, and finds it and the column that it left a place. */
  private placeAnew(row: number, change: () => void): void {
    const left = this.release(this.rows, this.columns, row);
    change();
    this.total += this.cheapest.place(this.rows, this.columns, row);
    this.settle(this.columns, this.rows, left);
  }

  /** Takes a node out of the assignment and returns the partner that it leaves, or -1. */
  private release(own: Side, other: Side, node: number): number {
    const partner = own.partner[node];
    this.total -= own.potential[node];
    own.partner[node] = idle;
    if (own === this.rows) this.changed.add(own.numberOf[node]);
    if (partner === idle) return -1;
    other.partner[partner] = idle;
    if (other === this.rows) this.changed.add(other.numberOf[partner]);
    return partner;
  }

  /** Finds a place for a node that was left, unless it has found one, or is worth no more than idle. */
  private settle(own: Side, other: Side, left: number): void {
    if (left < 0 || own.partner[left] !== idle || own.potential[left] === own.idleCost[left]) return;
    this.total -= own.potential[left];
    this.total += this.cheapest.place(own, other, left);
  }

  /** Moves the potential of a row whose way of being placed became cheaper by as much. */
  private reprice(row: number, rise: number): void {
    this.rows.potential[row] += rise;
    this.total += rise;
  }
}
