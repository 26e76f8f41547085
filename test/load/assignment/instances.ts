import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { AssignmentProblem } from '@yizhan/assignment';
import { RelayDay, seeded } from './relay-day.js';

export type Family = 'dense' | 'sparse' | 'structured';

export interface Instance {
  readonly name: string;
  readonly family: Family;
  readonly problem: AssignmentProblem;
  /** Published, where it is. */
  readonly optimum?: number;
  /** Whether rows may be skipped; otherwise a skip costs more than any assignment could save. */
  readonly maySkip: boolean;
}

type Edges = readonly (readonly [column: number, cost: number])[];

/** The problem of these rows, with `skipCost` for each. */
export function problemOf(
  columns: number,
  rows: readonly Edges[],
  skipCost: (row: number) => number,
): AssignmentProblem {
  const edges = rows.reduce((sum, { length }) => sum + length, 0);
  const rowStart = new Int32Array(rows.length + 1);
  const column = new Int32Array(edges);
  const cost = new Float64Array(edges);
  let edge = 0;
  rows.forEach((row, index) => {
    for (const [to, price] of row) {
      column[edge] = to;
      cost[edge] = price;
      edge += 1;
    }
    rowStart[index + 1] = edge;
  });
  const skipCosts = Float64Array.from(rows, (_, row) => skipCost(row));
  return { rows: rows.length, columns, rowStart, column, cost, skipCost: skipCosts };
}

/** Every row to every column. */
function dense(rows: number, columns: number, cost: (row: number, column: number) => number): AssignmentProblem {
  const edges = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => [column, cost(row, column)] as const),
  );
  return problemOf(columns, edges, () => mustNotSkip);
}

const mustNotSkip = 100_000_000;

/** Each row to `degree` columns, among them one of its own, so that all can be placed. */
function sparse(rows: number, columns: number, degree: number, maxCost: number): AssignmentProblem {
  const below = seeded(rows + columns + degree + maxCost);
  const edges = Array.from({ length: rows }, (_, row) => {
    const to = new Set([row]);
    while (to.size < degree) to.add(below(columns));
    return [...to].toSorted((a, b) => a - b).map((column) => [column, 1 + below(maxCost)] as const);
  });
  return problemOf(columns, edges, () => mustNotSkip);
}

/** Trucks and drivers as `RelayDay` makes them up. */
export function structured(trucks: number, drivers: number, stations: number): AssignmentProblem {
  const day = new RelayDay(stations, trucks + drivers);
  const crew = Array.from({ length: drivers }, () => day.driver());
  const waiting = Array.from({ length: trucks }, () => day.truck());
  const edges = waiting.map((truck) =>
    crew.flatMap((driver, column) => {
      const cost = day.cost(truck, driver);
      return cost === undefined ? [] : [[column, cost] as const];
    }),
  );
  return problemOf(drivers, edges, (row) => day.skipCost(waiting[row]));
}

const folder = join(process.cwd(), '../shared/data/or-library-assignment');

const published: readonly (readonly [file: string, optimum: number])[] = [
  ['assign100.txt', 305],
  ['assign200.txt', 475],
  ['assign300.txt', 626],
  ['assignp800.txt.gz', 2239],
];

/** The instances of OR-Library (J. E. Beasley); none where they are not beside the repository. */
export function orLibrary(): Instance[] {
  if (!existsSync(folder)) return [];
  return published.map(([file, optimum]) => {
    const bytes = readFileSync(join(folder, file));
    const numbers = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes)
      .toString('latin1')
      .trim()
      .split(/\s+/)
      .map(Number);
    const [size, ...rest] = numbers;
    const isDense = file.endsWith('.txt');
    const problem = isDense
      ? dense(size, size, (row, column) => rest[row * size + column])
      : problemOf(size, triples(size, rest), () => mustNotSkip);
    return { name: file.split('.')[0], family: isDense ? 'dense' : 'sparse', problem, optimum, maySkip: false };
  });
}

function triples(size: number, numbers: readonly number[]): Edges[] {
  const rows = Array.from({ length: size }, (): [number, number][] => []);
  for (let at = 0; at + 2 < numbers.length; at += 3) rows[numbers[at] - 1].push([numbers[at + 1] - 1, numbers[at + 2]]);
  return rows;
}

/** Made up at random, the same on every run; none needs a skip. */
export function randomInstances(): Instance[] {
  const of = (name: string, family: Family, problem: AssignmentProblem): Instance => ({
    name,
    family,
    problem,
    maySkip: false,
  });
  const uniform = (rows: number, columns: number, maxCost: number): AssignmentProblem => {
    const below = seeded(rows + columns + maxCost);
    return dense(rows, columns, () => 1 + below(maxCost));
  };
  return [
    of('uniform to 100, 400 by 400', 'dense', uniform(400, 400, 100)),
    of('uniform to 1,000,000, 800 by 800', 'dense', uniform(800, 800, 1_000_000)),
    of('uniform to 1,000, 600 by 1,000', 'dense', uniform(600, 1000, 1000)),
    of(
      'row times column, 200 by 200',
      'dense',
      dense(200, 200, (row, column) => (row + 1) * (column + 1)),
    ),
    of('10 a row, 4,000 by 4,000, to 1,000', 'sparse', sparse(4000, 4000, 10, 1000)),
    of('20 a row, 3,000 by 3,500, to 1,000,000', 'sparse', sparse(3000, 3500, 20, 1_000_000)),
    of('40 a row, 2,000 by 2,000, to 20', 'sparse', sparse(2000, 2000, 40, 20)),
  ];
}

/** Stations, licence classes, urgencies, ties; some rows are skipped. */
export function structuredInstances(): Instance[] {
  const of = (trucks: number, drivers: number, stations: number): Instance => ({
    name: `${trucks} trucks, ${drivers} drivers, ${stations} stations`,
    family: 'structured',
    problem: structured(trucks, drivers, stations),
    maySkip: true,
  });
  return [of(500, 400, 12), of(1000, 1100, 20), of(2000, 2200, 40), of(5000, 5500, 90)];
}
