/**
 * Give every row a column of its own or skip it, at the least total cost. Row `r` may take `column[e]` at `cost[e]` for
 * every `e` from `rowStart[r]` up to but not including `rowStart[r + 1]` (compressed sparse rows), or no column at
 * `skipCost[r]`.
 *
 * Costs are safe integers, negative ones too. The order of a row's edges does not matter; of two edges to one column
 * the cheaper counts. Where a row must not be skipped, give it a skip cost larger than any assignment could save.
 */
export interface AssignmentProblem {
  readonly rows: number;
  readonly columns: number;
  /** `rows + 1` entries, from 0, never falling. */
  readonly rowStart: Int32Array;
  /** One entry an edge. */
  readonly column: Int32Array;
  /** One entry an edge. */
  readonly cost: Float64Array | Int32Array;
  /** One entry a row. */
  readonly skipCost: Float64Array | Int32Array;
}

/**
 * A cheapest assignment and the proof that it is one. For every edge `rowPotential[r] + columnPotential[c] <= cost`,
 * with equality where it is used; `rowPotential[r] <= skipCost[r]`, with equality where the row is skipped;
 * `columnPotential[c] <= 0`, and 0 where the column is free.
 *
 * To explain: `-columnPotential[c]` is the most that one more column like `c` would save, and `cost - rowPotential[r] -
 * columnPotential[c]` what it would cost at least to insist on an edge that is not used.
 */
export interface AssignmentSolution {
  /** By row, its column, or -1 where it is skipped. */
  readonly columnOfRow: Int32Array;
  /** By column, its row, or -1 where it is free. */
  readonly rowOfColumn: Int32Array;
  /** The costs of the used edges and of the skipped rows. Equals the sum of all potentials. */
  readonly totalCost: number;
  readonly rowPotential: Float64Array;
  readonly columnPotential: Float64Array;
}
