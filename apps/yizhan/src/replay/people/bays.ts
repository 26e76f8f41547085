import { baysOf } from '../../scenario/network-requests.js';
import type { ScenarioStation } from '../../scenario/scenario.js';

interface BayRow {
  /** In order of their codes. */
  readonly free: string[];
  /** Visits that wait for a bay, the first come first. */
  readonly waiting: string[];
}

/** Which bays of each station are free, and who is next. */
export class Bays {
  readonly #rows: ReadonlyMap<string, BayRow>;

  constructor(stations: readonly ScenarioStation[]) {
    this.#rows = new Map(stations.map((station) => [station.code, { free: baysOf(station), waiting: [] }]));
  }

  /** Keeps a free bay for a visit. @returns its code, or undefined where the visit has to wait in line. */
  take(stationCode: string, visitId: string): string | undefined {
    const { free, waiting } = this.#row(stationCode);
    const bay = free.shift();
    if (bay === undefined && !waiting.includes(visitId)) waiting.push(visitId);
    return bay;
  }

  /** The bay is free. @returns the visit that has it now, if one waits. */
  giveBack(stationCode: string, bayCode: string): string | undefined {
    const { free, waiting } = this.#row(stationCode);
    const next = waiting.shift();
    if (next !== undefined) return next;
    const at = free.findIndex((each) => each > bayCode);
    free.splice(at < 0 ? free.length : at, 0, bayCode);
    return undefined;
  }

  leaveLine(stationCode: string, visitId: string): void {
    const { waiting } = this.#row(stationCode);
    const at = waiting.indexOf(visitId);
    if (at >= 0) waiting.splice(at, 1);
  }

  #row(stationCode: string): BayRow {
    const row = this.#rows.get(stationCode);
    if (!row) throw new RangeError(`no station ${stationCode} in the scenario`);
    return row;
  }
}
