import { NodeHeap } from '../node-heap.js';
import { longerFloats, longerInts } from './grow.js';
import { idle, type Side } from './side.js';

/**
 * Finds and makes the cheapest chain of changes after which a node that has no place yet has one: a Dijkstra search over
 * reduced costs, from a row over columns or from a column over rows. Its arrays are kept between searches and forget
 * only what was reached, so a search costs what it touches.
 *
 * Most edges lead too far, or to where the search has been on as short a way, and a processor cannot foretell which. So
 * both are one comparison: during a search the potential of a node that is nearer than the horizon stands lower by as
 * much as it is nearer, and an edge is of use only where its reduced cost is less than what is left to the horizon.
 */
export class CheapestChange {
  /** By node of the other side that was reached, how far it is; `Infinity` for the rest. */
  private distance = new Float64Array(0);
  /** By node of the other side that was reached, its potential before this search. */
  private potentialBefore = new Float64Array(0);
  /** By node of the other side that was reached, the node before it on the path. */
  private before = new Int32Array(0);
  private reached = new Int32Array(0);
  private settled = new Int32Array(0);
  /** Nodes as near as the one that was settled last: with many ties most are, and need no heap. */
  private near = new Int32Array(0);
  private readonly heap = new NodeHeap();
  private reachedCount = 0;
  private settledCount = 0;
  private nearCount = 0;
  /** The nearest end in sight: the idle node `freeEnd` of the other side or, where that is -1, to leave `idleEnd` idle. */
  private bound = 0;
  /** What is as far as this is of no use: the bound, or one more where a partner at the bound would be better than none. */
  private horizon = 0;
  private freeEnd = -1;
  private idleEnd = -1;

  /** @param note is told each row whose column changes. */
  constructor(
    private readonly rows: Side,
    private readonly note: (row: number) => void,
  ) {}

  /**
   * Gives `start` a partner or leaves it idle, whichever leads to the least total, and returns its potential, by which
   * the total grows. `start` has no partner and is not priced in; every other node of its own side is placed and tight.
   * Nodes of the other side that are idle are open to it at their potential.
   */
  place(own: Side, other: Side, start: number): number {
    this.reserve(other.partner.length);
    this.bound = own.idleCost[start];
    this.freeEnd = -1;
    this.idleEnd = start;
    this.horizon = this.bound + 1;
    own.alikes.begin();
    this.relax(own, other, start, -Infinity);
    own.alikes.findModel(start, other.potential);
    own.alikes.cover(start, 0);
    this.settle(own, other);
    const distance = this.bound;
    this.price(own, other, distance);
    own.potential[start] = distance;
    this.change(own, other, start);
    this.forget();
    return distance;
  }

  private reserve(nodes: number): void {
    if (nodes <= this.distance.length) return;
    this.distance = longerFloats(this.distance, nodes, Infinity);
    this.potentialBefore = longerFloats(this.potentialBefore, nodes, 0);
    this.before = longerInts(this.before, nodes, -1);
    this.reached = longerInts(this.reached, nodes, -1);
    this.settled = longerInts(this.settled, nodes, -1);
    this.near = longerInts(this.near, nodes, -1);
    this.heap.reserve(nodes);
  }

  /** Settles, nearest first, what is nearer than the nearest end in sight. */
  private settle(own: Side, other: Side): void {
    for (;;) {
      let node: number;
      if (this.nearCount > 0) node = this.near[(this.nearCount -= 1)];
      else if (this.heap.leastDistance < this.bound) node = this.heap.takeNearest();
      else return;
      const distance = this.distance[node];
      if (distance >= this.bound) return;
      this.settled[this.settledCount] = node;
      this.settledCount += 1;
      this.look(own, other, other.partner[node], distance);
    }
  }

  /** Looks along the edges of `node`, which is as far as `at`, unless no way over them is shorter than one over those of its likes. */
  private look(own: Side, other: Side, node: number, at: number): void {
    const offset = at - own.potential[node];
    if (!own.alikes.isCovered(node, offset)) {
      this.relax(own, other, node, at);
      own.alikes.findModel(node, other.potential);
    }
    own.alikes.cover(node, offset);
  }

  /** Looks along the edges of `node`, which is as far as `at`; where the search begins there, its potential is not known yet. */
  private relax(own: Side, other: Side, node: number, at: number): void {
    const { start, length, to, cost } = own.edges;
    const { potential } = other;
    const offset = at === -Infinity ? 0 : at - own.potential[node];
    const offsetToHorizon = offset - this.horizon;
    const boundThen = this.bound;
    for (let place = start[node], end = place + length[node]; place < end; place += 1) {
      const reached = to[place];
      if (offsetToHorizon + cost[place] >= potential[reached]) continue;
      this.reach(own, other, node, reached, offset + cost[place], at);
      if (this.bound <= at) break;
    }
    if (this.bound < boundThen) this.drawNear(other);
  }

  /**
   * Goes from `node`, which is as far as `at`, to `reached`, which is as far as `unpriced` less its potential. It shows at
   * once where the path could end, so less has to be settled.
   */
  // oxlint-disable-next-line max-params
  private reach(own: Side, other: Side, node: number, reached: number, unpriced: number, at: number): void {
    const isNew = this.distance[reached] === Infinity;
    const potential = isNew ? other.potential[reached] : this.potentialBefore[reached];
    const through = unpriced - potential;
    if (through > this.bound || through >= this.distance[reached]) return;
    const owner = other.partner[reached];
    if (owner === idle) {
      // Of ends that are equally near, a partner is better than none.
      if (through === this.bound && this.freeEnd >= 0) return;
      this.before[reached] = node;
      this.bound = through;
      this.freeEnd = reached;
      return;
    }
    if (through === this.bound) return;
    this.before[reached] = node;
    const asIdle = through - own.potential[owner] + own.idleCost[owner];
    if (asIdle < this.bound) {
      this.bound = asIdle;
      this.freeEnd = -1;
      this.idleEnd = owner;
    }
    if (isNew) {
      this.reached[this.reachedCount] = reached;
      this.reachedCount += 1;
      this.potentialBefore[reached] = potential;
    }
    this.distance[reached] = through;
    this.lower(other, reached);
    this.queue(reached, through, isNew && through === at);
  }

  private queue(node: number, distance: number, isNear: boolean): void {
    if (isNear) {
      this.near[this.nearCount] = node;
      this.nearCount += 1;
    } else this.heap.raise(node, distance);
  }

  /** Lowers the potential of a node that was reached by as much as it is nearer than the horizon. */
  private lower(other: Side, node: number): void {
    other.potential[node] = this.potentialBefore[node] - Math.max(0, this.horizon - this.distance[node]);
  }

  /** Moves the horizon to a nearer end that came in sight. */
  private drawNear(other: Side): void {
    this.horizon = this.freeEnd < 0 ? this.bound + 1 : this.bound;
    for (let index = 0; index < this.reachedCount; index += 1) this.lower(other, this.reached[index]);
  }

  /**
   * Puts back the potentials that were lowered, and moves those of what is nearer than the end, so that the path becomes
   * tight and every edge stays feasible.
   */
  private price(own: Side, other: Side, endDistance: number): void {
    for (let index = 0; index < this.reachedCount; index += 1) {
      const node = this.reached[index];
      other.potential[node] = this.potentialBefore[node];
    }
    for (let index = 0; index < this.settledCount; index += 1) {
      const node = this.settled[index];
      const by = endDistance - this.distance[node];
      other.potential[node] -= by;
      own.potential[other.partner[node]] += by;
    }
  }

  /** Gives the node at the end to the one before it on the path, that one's partner to the one before, until `start` has one. */
  private change(own: Side, other: Side, start: number): void {
    let given = this.freeEnd;
    if (given < 0) {
      given = own.partner[this.idleEnd];
      own.partner[this.idleEnd] = idle;
      if (own === this.rows) this.note(this.idleEnd);
      if (this.idleEnd === start) return;
    }
    for (;;) {
      const receiver = this.before[given];
      const left = own.partner[receiver];
      own.partner[receiver] = given;
      other.partner[given] = receiver;
      this.note(own === this.rows ? receiver : given);
      if (receiver === start) return;
      given = left;
    }
  }

  private forget(): void {
    for (let index = 0; index < this.reachedCount; index += 1) this.distance[this.reached[index]] = Infinity;
    this.reachedCount = 0;
    this.settledCount = 0;
    this.nearCount = 0;
    this.heap.clear();
  }
}
