import type { Rule, Violation } from '../rule.js';
import type { SourceFile } from '../source-tree.js';

type Graph = ReadonlyMap<string, readonly string[]>;

/** The shortest way from a file back to itself. */
function cycleThrough(start: string, graph: Graph): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const next of graph.get(at) ?? []) {
      if (next === start) return pathBack(at, start, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      queue.push(next);
    }
  }
  return undefined;
}

function pathBack(last: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path = [last];
  for (let at = last; at !== start; path.unshift(at)) at = cameFrom.get(at) ?? start;
  return path;
}

/** Files that can be on a cycle: those left when files that import nothing of the rest are taken away, again and again. */
function withoutLeaves(graph: Graph): Graph {
  const left = new Map(graph);
  for (let size = Infinity; left.size < size;) {
    size = left.size;
    for (const [file, targets] of left) if (!targets.some((target) => left.has(target))) left.delete(file);
  }
  return left;
}

function runTimeGraph(tree: readonly SourceFile[]): Graph {
  return new Map(
    tree.map(({ path, imports }) => [
      path,
      imports.flatMap(({ target, kind }) => (target && kind === 'static' ? [target] : [])),
    ]),
  );
}

/** Names each cycle once, at the import by which its first file leads into it. */
function check(tree: readonly SourceFile[]): Violation[] {
  const graph = withoutLeaves(runTimeGraph(tree));
  const named = new Set<string>();
  return [...graph.keys()].toSorted().flatMap((start) => {
    const cycle = named.has(start) ? undefined : cycleThrough(start, graph);
    if (!cycle) return [];
    for (const file of cycle) named.add(file);
    const next = cycle[1] ?? start;
    const line = tree.find(({ path }) => path === start)?.imports.find(({ target }) => target === next)?.line ?? 1;
    return [{ file: start, line, found: `is on the cycle ${[...cycle, start].join(' → ')}` }];
  });
}

export const importsHaveNoCycles: Rule = {
  id: 'imports-have-no-cycles',
  name: 'Imports have no cycles',
  instead: 'a cycle is a missing event or a misplaced file: move what both sides need to a third file',
  check,
};
