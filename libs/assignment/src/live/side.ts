import { EdgeLists } from './edge-lists.js';
import { longerFloats, longerInts } from './grow.js';
import { LookAlikes } from './look-alikes.js';

/** The mark of a node that has no partner. */
export const idle = -1;

/** The mark of a node that is gone. */
export const gone = -2;

/**
 * The rows or the columns of a live assignment. Both are alike: a node has a partner of the other side at the cost of
 * the edge, or is idle at a cost of its own, which for a column is 0.
 *
 * A node that is gone stays in the lists of the other side until these are tidied, since to find it in each would take
 * longer than all the rest. Its potential is `-Infinity`, so no search goes there; it is used again when no list has it.
 * Outside a row or column has a number, which is free at once and stays when its node is exchanged.
 */
export class Side {
  readonly edges = new EdgeLists();
  /** By node: its partner, `idle` or `gone`. */
  partner = new Int32Array(0);
  potential = new Float64Array(0);
  idleCost = new Float64Array(0);
  numberOf = new Int32Array(0);
  /** How many rows or columns there are. */
  count = 0;
  /** Numbers below this have been given. */
  end = 0;
  /** By number, its node, or `gone`. */
  private nodes = new Int32Array(0);
  private readonly returnedNumbers: number[] = [];
  private readonly returnedNodes: number[] = [];
  private usedNodes = 0;
  /** By node that is gone, how many lists have it. */
  private mentions = new Int32Array(0);
  /** By node, how many of its edges lead to nodes that are gone. */
  private deadEnds = new Int32Array(0);
  readonly alikes = new LookAlikes(this.edges, this.deadEnds);

  has(number: number): boolean {
    return this.nodes[number] >= 0;
  }

  /** The node of a number that there is. */
  nodeOf(number: number): number {
    return this.nodes[number];
  }

  /** Of the numbers that were given back the last one, or the next. */
  newNumber(): number {
    const number = this.returnedNumbers.pop() ?? this.end;
    if (number === this.end) this.end += 1;
    if (this.end > this.nodes.length) this.nodes = longerInts(this.nodes, Math.max(16, 2 * this.end), gone);
    return number;
  }

  returnNumber(number: number): void {
    this.nodes[number] = gone;
    this.returnedNumbers.push(number);
  }

  /** Gives `number` a new node, idle and without edges. */
  add(number: number, idleCost: number): number {
    const node = this.returnedNodes.pop() ?? this.usedNodes;
    if (node === this.usedNodes) this.usedNodes += 1;
    if (this.usedNodes > this.partner.length) this.reserve(Math.max(16, 2 * this.partner.length));
    this.nodes[number] = node;
    this.numberOf[node] = number;
    this.partner[node] = idle;
    this.potential[node] = 0;
    this.idleCost[node] = idleCost;
    this.count += 1;
    return node;
  }

  /** Adds an edge that is not there. */
  link(node: number, other: Side, to: number, cost: number): void {
    this.alikes.part(node);
    other.alikes.part(to);
    this.append(node, other, to, cost);
    other.append(to, this, node, cost);
  }

  /** Changes the cost of the edge at `place`, which is one of `node`. */
  // oxlint-disable-next-line max-params
  setCost(node: number, other: Side, place: number, cost: number): void {
    const to = this.edges.to[place];
    this.alikes.part(node);
    other.alikes.part(to);
    this.edges.cost[place] = cost;
    other.edges.cost[other.edges.placeOf(to, node)] = cost;
  }

  /** Removes the edge at `place`, which is one of `node`. */
  unlink(node: number, other: Side, place: number): void {
    const to = this.edges.to[place];
    this.alikes.part(node);
    other.alikes.part(to);
    this.alikes.toggleEnd(node, to);
    other.alikes.toggleEnd(to, node);
    this.edges.remove(node, place);
    other.edges.remove(to, other.edges.placeOf(to, node));
  }

  /** Adds edges to different nodes, from a node that has none. */
  linkAll(node: number, other: Side, to: ArrayLike<number>, cost: ArrayLike<number>): void {
    this.edges.ensure(node, to.length);
    for (let index = 0; index < to.length; index += 1) {
      const end = other.nodes[to[index]];
      this.append(node, other, end, cost[index]);
      other.append(end, this, node, cost[index]);
    }
    other.alikes.gain(node, this.edges);
  }

  /** Removes a node that has no partner, and its edges. */
  remove(node: number, other: Side): void {
    const { start, length, to } = this.edges;
    this.partner[node] = gone;
    this.potential[node] = -Infinity;
    this.mentions[node] = 1;
    for (let place = start[node], end = place + length[node]; place < end; place += 1) {
      if (other.partner[to[place]] === gone) other.forget(to[place]);
      else {
        this.mentions[node] += 1;
        other.alikes.toggleEnd(to[place], node);
        other.loseEdge(to[place], this);
      }
    }
    this.edges.clear(node);
    this.deadEnds[node] = 0;
    this.alikes.clear(node);
    this.count -= 1;
    this.forget(node);
  }

  reserve(nodes: number): void {
    if (nodes <= this.partner.length) return;
    this.edges.reserve(nodes);
    this.partner = longerInts(this.partner, nodes, gone);
    this.potential = longerFloats(this.potential, nodes, 0);
    this.idleCost = longerFloats(this.idleCost, nodes, 0);
    this.numberOf = longerInts(this.numberOf, nodes, gone);
    this.mentions = longerInts(this.mentions, nodes, 0);
    this.deadEnds = longerInts(this.deadEnds, nodes, 0);
    this.alikes.reserve(nodes, this.deadEnds);
  }

  private append(node: number, other: Side, to: number, cost: number): void {
    if (this.deadEnds[node] > 0 && this.edges.isFull(node)) this.tidy(node, other);
    this.edges.append(node, to, cost);
    this.alikes.toggleEnd(node, to);
  }

  /** One more edge of `node` is a dead end: where more than an eighth are, which every search would look at, they go. */
  private loseEdge(node: number, other: Side): void {
    this.deadEnds[node] += 1;
    if (8 * this.deadEnds[node] > this.edges.length[node]) this.tidy(node, other);
  }

  /** Drops the edges of `node` that lead to nodes that are gone. */
  private tidy(node: number, other: Side): void {
    const { start, length, to, cost } = this.edges;
    let kept = start[node];
    for (let place = kept, end = kept + length[node]; place < end; place += 1) {
      if (other.partner[to[place]] === gone) other.forget(to[place]);
      else {
        to[kept] = to[place];
        cost[kept] = cost[place];
        kept += 1;
      }
    }
    length[node] = kept - start[node];
    this.deadEnds[node] = 0;
  }

  /** One list less has `node`, which is gone. */
  private forget(node: number): void {
    this.mentions[node] -= 1;
    if (this.mentions[node] === 0) this.returnedNodes.push(node);
  }
}
