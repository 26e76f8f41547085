import type { EdgeLists } from './edge-lists.js';
import { longerFloats, longerInts } from './grow.js';

const none = -1;

/** Examples with the same ends that a node is compared with in one search. */
const mostCompared = 4;

/**
 * Nodes of one side whose edges lead to the same ends at costs that differ by little but a constant, as trucks of one class
 * at one station do. A search that has looked along the edges of one need not look along those of its likes where it has
 * reached every end of theirs on as short a way.
 *
 * Likes have a model, which is one of them and its own. Of each is known between which two figures the costs of its model
 * less its own lie. So a way over the model that is shorter by the higher figure is no longer than one over the like, at
 * any end, and a way over the like that is shorter by less the lower figure is no longer than one over the model. Nothing
 * is taken on trust: a like was compared with its model edge by edge, and a change of its edges widens the figures or
 * ends the likeness.
 */
export class LookAlikes {
  /** By node, a sum over its ends: of nodes with the same ends the same, and seldom of others. */
  private ends = new Int32Array(0);
  private model = new Int32Array(0);
  /** By node: the likeness has ended where its model's edges have changed since, so that `changes` of that is another. */
  private changesOfModel = new Int32Array(0);
  private changes = new Int32Array(0);
  /** By node that has a model: of the model's costs less its own the least and the most. */
  private least = new Float64Array(0);
  private most = new Float64Array(0);

  private search = 0;
  /** By model, the last search that looked along the edges of one of its likes. */
  private seenIn = new Float64Array(0);
  /** By model: to no end has that search come later than over the model, had it been as far as this, less its potential. */
  private seenFrom = new Float64Array(0);
  /** By `ends`, a node along whose edges this search has looked. */
  private readonly examples = new Map<number, number>();
  /** By such a node, the one before it with the same sum. */
  private nextExample = new Int32Array(0);
  /** By node of the other side or of this one, a cost, for use in between; else `NaN`. */
  private costs = new Float64Array(0);

  constructor(
    private readonly edges: EdgeLists,
    /** By node, how many of its edges lead to nodes that are gone. */
    private deadEnds: Int32Array,
  ) {}

  reserve(nodes: number, deadEnds: Int32Array): void {
    this.deadEnds = deadEnds;
    this.ends = longerInts(this.ends, nodes, 0);
    this.model = longerInts(this.model, nodes, none);
    this.changesOfModel = longerInts(this.changesOfModel, nodes, 0);
    this.changes = longerInts(this.changes, nodes, 0);
    this.least = longerFloats(this.least, nodes, 0);
    this.most = longerFloats(this.most, nodes, 0);
    this.seenIn = longerFloats(this.seenIn, nodes, 0);
    this.seenFrom = longerFloats(this.seenFrom, nodes, 0);
    this.nextExample = longerInts(this.nextExample, nodes, none);
  }

  /** Nothing is known of the search that begins. */
  begin(): void {
    this.search += 1;
    if (this.examples.size > 0) this.examples.clear();
  }

  /** Whether this search has come to every end of `node` on as short a way as over it. @param offset how far it is, less its potential */
  isCovered(node: number, offset: number): boolean {
    const model = this.modelOf(node);
    return model !== none && this.seenIn[model] === this.search && this.seenFrom[model] + this.most[node] <= offset;
  }

  /** This search has looked along the edges of `node`, or need not. Where its model has ends that it has not, that says nothing of its likes. */
  cover(node: number, offset: number): void {
    const model = this.modelOf(node);
    if (model === none || this.degree(node) !== this.degree(model)) return;
    const from = offset - this.least[node];
    if (this.seenIn[model] === this.search && this.seenFrom[model] <= from) return;
    this.seenIn[model] = this.search;
    this.seenFrom[model] = from;
  }

  /**
   * Seeks for `node` a model among those along whose edges this search has looked too.
   * @param potential by end; of what is gone `-Infinity`
   */
  findModel(node: number, potential: Float64Array): void {
    const first = this.examples.get(this.ends[node]) ?? none;
    const model = this.modelOf(node);
    for (let example = first; example !== none; example = this.nextExample[example]) {
      if (example === node || (model !== none && this.modelOf(example) === model)) return;
    }
    let compared = 0;
    for (let example = first; example !== none && compared < mostCompared; example = this.nextExample[example]) {
      if (this.isSettled(node, example)) continue;
      compared += 1;
      if (this.unite(node, example, potential)) return;
    }
    this.nextExample[node] = first;
    this.examples.set(this.ends[node], node);
  }

  /** An edge of `node` to `end` is there, or no longer. */
  toggleEnd(node: number, end: number): void {
    this.ends[node] ^= Math.imul(end + 1, 0x9e_37_79_b1);
  }

  /** `node` has no edges. */
  clear(node: number): void {
    this.ends[node] = 0;
    this.part(node);
  }

  /** Edges of `node` are others than they were. */
  part(node: number): void {
    this.model[node] = none;
    this.changes[node] += 1;
  }

  /** Nodes of this side have one edge more each, to `end`, whose edges are `edgesOfEnd`. */
  gain(end: number, edgesOfEnd: EdgeLists): void {
    const { to, cost } = edgesOfEnd;
    const first = edgesOfEnd.start[end];
    const last = first + edgesOfEnd.length[end];
    this.reserveCosts(this.model.length);
    for (let place = first; place < last; place += 1) this.costs[to[place]] = cost[place];
    for (let place = first; place < last; place += 1) this.widen(to[place], cost[place]);
    for (let place = first; place < last; place += 1) this.costs[to[place]] = NaN;
  }

  private widen(node: number, cost: number): void {
    const model = this.modelOf(node);
    if (model === none || model === node) return;
    const by = this.costs[model] - cost;
    // Where the model has no such edge.
    if (Number.isNaN(by)) this.model[node] = none;
    else {
      this.least[node] = Math.min(this.least[node], by);
      this.most[node] = Math.max(this.most[node], by);
    }
  }

  private modelOf(node: number): number {
    const model = this.model[node];
    return model === none || this.changesOfModel[node] === this.changes[model] ? model : none;
  }

  private degree(node: number): number {
    return this.edges.length[node] - this.deadEnds[node];
  }

  /** Whether each of two is like others already: to compare them again and again would cost more than it brings. */
  private isSettled(node: number, example: number): boolean {
    const model = this.modelOf(node);
    return model !== none && model !== node && this.modelOf(example) !== none;
  }

  private unite(node: number, example: number, potential: Float64Array): boolean {
    const model = this.modelOf(example);
    if (model !== none) return this.join(node, model, potential);
    const own = this.modelOf(node);
    if (own !== none) return this.join(example, own, potential);
    return this.join(node, example, potential);
  }

  /** Makes `node` a like of `model`, or the other way round; not where too many edges differ. */
  private join(node: number, model: number, potential: Float64Array): boolean {
    if (this.degree(node) !== this.degree(model)) return false;
    this.reserveCosts(potential.length);
    this.writeCosts(model);
    const found = this.differences(node, model, potential);
    this.clearCosts(model);
    if (!found) return false;
    // What was made dearer at few ends is the worse model.
    if (found.most - found.usual > found.usual - found.least) this.follow(model, node, -found.most, -found.least);
    else this.follow(node, model, found.least, found.most);
    return true;
  }

  private follow(node: number, model: number, least: number, most: number): void {
    if (this.modelOf(model) !== model) this.setModel(model, model, 0, 0);
    this.setModel(node, model, least, most);
  }

  private setModel(node: number, model: number, least: number, most: number): void {
    this.part(node);
    this.model[node] = model;
    this.changesOfModel[node] = this.changes[model];
    this.least[node] = least;
    this.most[node] = most;
  }

  /** The costs of `model` less those of `node`; undefined where their ends are not the same, or differ in no usual way. */
  private differences(node: number, model: number, potential: Float64Array): Differences | undefined {
    const { start, length, to, cost } = this.edges;
    const { costs } = this;
    const found = { least: Infinity, most: -Infinity, usual: 0 };
    // How often `usual` was seen more than all others (R. S. Boyer and J S. Moore, "MJRTY", 1981).
    let lead = 0;
    for (let place = start[node], end = place + length[node]; place < end; place += 1) {
      if (potential[to[place]] === -Infinity) continue;
      const by = costs[to[place]] - cost[place];
      if (Number.isNaN(by)) return undefined;
      if (by < found.least) found.least = by;
      if (by > found.most) found.most = by;
      if (lead === 0) found.usual = by;
      lead += by === found.usual ? 1 : -1;
    }
    return 2 * lead > this.degree(node) ? found : undefined;
  }

  private reserveCosts(nodes: number): void {
    if (nodes > this.costs.length) this.costs = longerFloats(this.costs, nodes, NaN);
  }

  private writeCosts(node: number): void {
    const { start, length, to, cost } = this.edges;
    for (let place = start[node], end = place + length[node]; place < end; place += 1)
      this.costs[to[place]] = cost[place];
  }

  private clearCosts(node: number): void {
    const { start, length, to } = this.edges;
    for (let place = start[node], end = place + length[node]; place < end; place += 1) this.costs[to[place]] = NaN;
  }
}

interface Differences {
  least: number;
  most: number;
  usual: number;
}
