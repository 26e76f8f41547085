import { longerFloats, longerInts } from './grow.js';

const smallestRoom = 4;

/**
 * For each node of one side its edges, in one run of places of shared arrays: a search reads them in order. A run has
 * room for a power of two of edges; one that is full moves to a run of twice the room, and what it leaves is used
 * again. The order of a node's edges means nothing.
 */
export class EdgeLists {
  /** By node, the first place of its run; the edges are at `start` up to but not including `start + length`. */
  start = new Int32Array(0);
  length = new Int32Array(0);
  /** By place, the node at the other end. */
  to = new Int32Array(0);
  /** By place. */
  cost = new Float64Array(0);

  /** By node, how many edges its run has room for: 0, or a power of two. */
  private room = new Int32Array(0);
  private used = 0;
  /** By the logarithm of their room, the runs that nobody uses. */
  private readonly vacant: number[][] = [];

  reserve(nodes: number): void {
    this.start = longerInts(this.start, nodes, 0);
    this.length = longerInts(this.length, nodes, 0);
    this.room = longerInts(this.room, nodes, 0);
  }

  isFull(node: number): boolean {
    return this.length[node] === this.room[node];
  }

  /** Makes room for `edges` edges of `node`. */
  ensure(node: number, edges: number): void {
    if (edges <= this.room[node]) return;
    let room = Math.max(smallestRoom, this.room[node]);
    while (room < edges) room *= 2;
    const from = this.start[node];
    const to = this.runOf(room);
    this.to.copyWithin(to, from, from + this.length[node]);
    this.cost.copyWithin(to, from, from + this.length[node]);
    this.vacate(node);
    this.start[node] = to;
    this.room[node] = room;
  }

  /** Adds an edge as the last one of `node`. */
  append(node: number, to: number, cost: number): void {
    const index = this.length[node];
    this.ensure(node, index + 1);
    const place = this.start[node] + index;
    this.to[place] = to;
    this.cost[place] = cost;
    this.length[node] = index + 1;
  }

  /** Removes the edge at `place`, which is one of `node`; the last one takes its place. */
  remove(node: number, place: number): void {
    this.length[node] -= 1;
    const last = this.start[node] + this.length[node];
    this.to[place] = this.to[last];
    this.cost[place] = this.cost[last];
  }

  /** Removes all edges of `node`, and its run. */
  clear(node: number): void {
    this.vacate(node);
    this.length[node] = 0;
    this.room[node] = 0;
  }

  /** The place of the edge from `node` to `to`, or -1. */
  placeOf(node: number, to: number): number {
    const start = this.start[node];
    const place = this.to.subarray(start, start + this.length[node]).indexOf(to);
    return place < 0 ? -1 : start + place;
  }

  private vacate(node: number): void {
    if (this.room[node] > 0) this.vacantOf(this.room[node]).push(this.start[node]);
  }

  private runOf(room: number): number {
    const vacant = this.vacantOf(room).pop();
    if (vacant !== undefined) return vacant;
    const run = this.used;
    this.used += room;
    if (this.used > this.to.length) {
      const places = Math.max(1024, 2 * this.to.length, this.used);
      this.to = longerInts(this.to, places, 0);
      this.cost = longerFloats(this.cost, places, 0);
    }
    return run;
  }

  private vacantOf(room: number): number[] {
    const size = 31 - Math.clz32(room);
    while (this.vacant.length <= size) this.vacant.push([]);
    return this.vacant[size];
  }
}
