import { assignDrivers } from '../matching/assign-drivers.js';
import type { Option } from '../matching/find-candidates.js';
import { contestedRows, type WaitingRow } from '../matching/waiting-rows.js';
import type { AreaPicture } from '../picture/area-picture.js';

/** What a choice by hand does to the others. */
export interface Effect {
  /** Seconds by which the drivers of handoffs that have one either way cost more in all; below 0 where they cost less. */
  readonly extraCost: number;
  /** Handoffs that would have had a driver, and then have none. */
  readonly unserved: readonly string[];
  /** Handoffs that have a driver only then. */
  readonly served: readonly string[];
  /** Handoffs that get another driver. */
  readonly moved: readonly { readonly handoffId: string; readonly from: string; readonly to: string }[];
}

type Plan = readonly (Option | undefined)[];

/** All handoffs that wait, as if nobody had been proposed yet, and the plan that is best for all of them. */
export class Contest {
  readonly rows: readonly WaitingRow[];
  readonly plan: Plan;

  constructor(picture: AreaPicture, now: number) {
    this.rows = contestedRows(picture, now);
    this.plan = assignDrivers(this.rows);
  }

  indexOf(handoffId: string): number {
    return this.rows.findIndex(({ handoff }) => handoff.handoffId === handoffId);
  }

  /** What it does to the others if the handoff at `index` has this driver. */
  effectOf(index: number, option: Option): Effect {
    return this.#difference(this.planWith(index, option));
  }

  /** The best plan in which the handoff at `index` has this driver; of equal ones that which moves the fewest. */
  planWith(index: number, option: Option): Plan {
    if (this.plan[index] === option) return this.plan;
    const others = this.rows.map((row, at) => ({
      ...row,
      options: at === index ? [] : row.options.filter(({ driver }) => driver !== option.driver),
    }));
    return assignDrivers(others, this.plan).map((choice, at) => (at === index ? option : choice));
  }

  #difference(other: Plan): Effect {
    const unserved: string[] = [];
    const served: string[] = [];
    const moved: { handoffId: string; from: string; to: string }[] = [];
    let extraCost = 0;
    this.rows.forEach(({ handoff: { handoffId } }, index) => {
      const [before, after] = [this.plan[index], other[index]];
      if (before && !after) unserved.push(handoffId);
      else if (after && !before) served.push(handoffId);
      else if (before && after) {
        extraCost += after.cost - before.cost;
        const [from, to] = [before.driver.driverId, after.driver.driverId];
        if (from !== to) moved.push({ handoffId, from, to });
      }
    });
    return { extraCost, unserved, served, moved };
  }
}
