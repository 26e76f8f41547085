import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { AssignmentProblem } from './assignment-problem.js';
import { checkOptimality } from './check-optimality.js';
import { problemOf, type Edge } from '../test/problems.js';
import { solveAssignment } from './solve-assignment.js';

const folder = join(process.cwd(), '../shared/data/or-library-assignment');

/** More than any assignment of these instances could save, so that nobody is skipped. */
const mustNotSkip = 1_000_000;

/** Whether the instances are here. They are no part of the repository; only CI insists on them. */
function hasInstances(): boolean {
  if (existsSync(folder)) return true;
  if (process.env['CI'] === 'true') throw new Error(`CI needs the OR-Library instances in ${folder}.`);
  console.info(`Not compared with OR-Library: its instances are not in ${folder}.`);
  return false;
}

function numbersOf(file: string): number[] {
  const bytes = readFileSync(join(folder, file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
  return text.trim().split(/\s+/).map(Number);
}

/** `n`, then n × n costs row by row. */
function readDense([size, ...costs]: number[]): AssignmentProblem {
  const rows = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column): Edge => [column, costs[row * size + column]]),
  );
  return problemOf(size, rows, mustNotSkip);
}

/** `n`, then lines of row, column and cost, counted from 1. */
function readSparse([size, ...triples]: number[]): AssignmentProblem {
  const rows = Array.from({ length: size }, (): Edge[] => []);
  for (let at = 0; at + 2 < triples.length; at += 3) rows[triples[at] - 1].push([triples[at + 1] - 1, triples[at + 2]]);
  return problemOf(size, rows, mustNotSkip);
}

describe('solveAssignment on OR-Library (J. E. Beasley)', () => {
  it.each([
    ['assign100.txt', readDense, 305],
    ['assign200.txt', readDense, 475],
    ['assign300.txt', readDense, 626],
    ['assignp800.txt.gz', readSparse, 2239],
  ])('solves %s to the published optimum', (file, read, optimum) => {
    if (!hasInstances()) return;
    const problem = read(numbersOf(file));
    const solution = solveAssignment(problem);
    expect(solution.totalCost).toBe(optimum);
    expect(checkOptimality(problem, solution)).toEqual([]);
  });
});
