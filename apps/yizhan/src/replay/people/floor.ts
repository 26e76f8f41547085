import type { Scenario } from '../../scenario/scenario.js';
import type { Bays } from './bays.js';
import type { Chance } from './chance.js';
import type { Planner } from './planner.js';
import type { Trip } from './trip.js';
import type { VisitCase } from './visit-case.js';

/** What everybody at the stations shares. All of it follows from the log. */
export interface Floor {
  readonly scenario: Scenario;
  readonly chance: Chance;
  readonly planner: Planner;
  readonly bays: Bays;
  /** By the id of either visit. */
  readonly trips: ReadonlyMap<string, Trip>;
  /** Visits that have arrived and not departed. */
  readonly cases: Map<string, VisitCase>;
}
