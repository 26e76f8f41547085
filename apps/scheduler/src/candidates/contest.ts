import { type AssignmentProblem, LiveAssignment } from '@yizhan/assignment';
import { choiceOf, type DriverProblem, type Plan, problemOf, weighedCost } from '../matching/assign-drivers.js';
import { CandidateSearch, type Option } from '../matching/find-candidates.js';
import type { ForecastRow } from '../matching/forecast-rows.js';
import { type AreaRow, planArea } from '../matching/plan-area.js';
import { contestedRows } from '../matching/waiting-rows.js';
import { laneRooms } from '../matching/within-throttles.js';
import type { AreaPicture, DriverPicture } from '../picture/area-picture.js';
import { isUnbound } from '../rules/driver-is-free.js';

/** What a choice by hand does to the others. */
export interface Effect {
  /**
   * Seconds by which the drivers of handoffs that have one either way cost more in all, those of urgent trucks counted more, and by which
   * trucks that usually come are worse off; below 0 where they cost less.
   */
  readonly extraCost: number;
  /** Handoffs that would have had a driver, and then have none. */
  readonly unserved: readonly string[];
  /** Handoffs that have a driver only then. */
  readonly served: readonly string[];
  /** Visits of announced trucks for which a driver would have been kept, and then is not. */
  readonly unkept: readonly string[];
  /** Handoffs that get another driver. */
  readonly moved: readonly { readonly handoffId: string; readonly from: string; readonly to: string }[];
}

/** Edges of one row or one column. */
interface Edges {
  readonly ends: readonly number[];
  readonly costs: readonly number[];
}

/** All handoffs that wait, as if nobody had been proposed yet, and the plan that is best for all of them. */
export class Contest {
  readonly rows: readonly AreaRow[];
  /** By row. */
  readonly plan: Plan;
  /** The last event of the area that it has seen. */
  readonly position: number;
  readonly #kept: DriverProblem;
  readonly #columns: ReadonlyMap<DriverPicture, number>;
  readonly #edgesOfColumn: readonly Edges[];
  /** The plan, mended for each question and mended back: the only best one, as every change of it costs something. */
  readonly #live: LiveAssignment;

  constructor(
    picture: AreaPicture,
    /** Epoch milliseconds. */
    readonly at: number,
  ) {
    this.position = picture.position;
    const search = new CandidateSearch(picture, at, isUnbound);
    const waiting = contestedRows(picture, at, search);
    ({ rows: this.rows, plan: this.plan } = planArea(picture, at, search, waiting, laneRooms(picture, at, false)));
    this.#kept = problemOf(this.rows, this.plan);
    this.#columns = new Map(this.#kept.drivers.map((driver, column) => [driver, column]));
    this.#edgesOfColumn = byColumn(this.#kept.problem);
    this.#live = LiveAssignment.of(this.#kept.problem);
  }

  indexOf(handoffId: string): number {
    return this.rows.findIndex((row) => 'handoff' in row && row.handoff.handoffId === handoffId);
  }

  /** The handoff that has this driver in the plan. */
  rivalFor(driver: DriverPicture): string | undefined {
    const row = this.rows[this.plan.findIndex((choice) => choice?.driver === driver)];
    return row && 'handoff' in row ? row.handoff.handoffId : undefined;
  }

  /** What it does to the others if the handoff at `index` has this driver. */
  effectOf(index: number, option: Option): Effect {
    return this.#difference(this.planWith(index, option));
  }

  /** The best plan in which the handoff at `index` has this driver; of equal ones that which moves the fewest. */
  planWith(index: number, option: Option): Plan {
    if (this.plan[index] === option) return this.plan;
    const column = this.#columns.get(option.driver) ?? -1;
    const { problem, drivers } = this.#kept;
    const live = this.#live;
    const row = rowOf(problem, index);
    const cost = row.costs[row.ends.indexOf(column)];
    live.replaceColumn(column, [index], [cost]);
    live.replaceRow(index, [column], [cost], problem.skipCost[index]);
    const plan = this.plan.slice();
    for (const changed of live.takeChangedRows()) {
      plan[changed] = choiceOf(this.rows[changed], drivers[live.columnOf(changed)]);
    }
    live.replaceRow(index, row.ends, row.costs, problem.skipCost[index]);
    live.replaceColumn(column, this.#edgesOfColumn[column].ends, this.#edgesOfColumn[column].costs);
    live.takeChangedRows();
    return plan;
  }

  #difference(other: Plan): Effect {
    const unserved: string[] = [];
    const served: string[] = [];
    const unkept: string[] = [];
    const moved: { handoffId: string; from: string; to: string }[] = [];
    let extraCost = 0;
    this.rows.forEach((row, index) => {
      const [before, after] = [this.plan[index], other[index]];
      if (!('handoff' in row)) {
        if ('visit' in row && before && !after) unkept.push(row.visit.visitId);
        if ('forecast' in row) extraCost += costOf(row, after) - costOf(row, before);
        return;
      }
      const { handoffId } = row.handoff;
      if (before && !after) unserved.push(handoffId);
      else if (after && !before) served.push(handoffId);
      else if (before && after) {
        extraCost += weighedCost(row, after) - weighedCost(row, before);
        const [from, to] = [before.driver.driverId, after.driver.driverId];
        if (from !== to) moved.push({ handoffId, from, to });
      }
    });
    return { extraCost: Math.round(extraCost / 100), unserved, served, unkept, moved };
  }
}

/** A hundred is a second. */
const costOf = (row: ForecastRow, choice: Option | undefined): number =>
  choice ? weighedCost(row, choice) : row.skipSeconds * row.weightPercent;

function rowOf({ rowStart, column, cost }: AssignmentProblem, row: number): Edges {
  const [from, to] = [rowStart[row], rowStart[row + 1]];
  return { ends: Array.from(column.subarray(from, to)), costs: Array.from(cost.subarray(from, to)) };
}

function byColumn({ rows, columns, rowStart, column, cost }: AssignmentProblem): readonly Edges[] {
  const edges = Array.from({ length: columns }, () => ({ ends: [] as number[], costs: [] as number[] }));
  for (let row = 0; row < rows; row += 1) {
    for (let edge = rowStart[row]; edge < rowStart[row + 1]; edge += 1) {
      edges[column[edge]].ends.push(row);
      edges[column[edge]].costs.push(cost[edge]);
    }
  }
  return edges;
}
