const arity = 4;

/**
 * Nodes by distance, of equal distances the lower node first. An indexed 4-ary heap over typed arrays with the
 * distances beside the nodes, emptied in O(what is in it).
 */
export class NodeHeap {
  private heap = new Int32Array(0);
  private key = new Float64Array(0);
  /** By node, its place in the heap, or -1. */
  private placeOf = new Int32Array(0);
  private length = 0;

  constructor(nodes = 0) {
    this.reserve(nodes);
  }

  /** Takes nodes up to but not including `nodes` from now on; only where the heap is empty. */
  reserve(nodes: number): void {
    if (nodes <= this.heap.length) return;
    this.heap = new Int32Array(nodes);
    this.key = new Float64Array(nodes);
    this.placeOf = new Int32Array(nodes).fill(-1);
  }

  /** Of the nearest node; `Infinity` where there is none. */
  get leastDistance(): number {
    return this.length === 0 ? Infinity : this.key[0];
  }

  /** Adds `node`, or moves it up after its distance has fallen. */
  raise(node: number, distance: number): void {
    const { heap, key, placeOf } = this;
    let place = placeOf[node];
    if (place < 0) {
      place = this.length;
      this.length += 1;
    }
    while (place > 0) {
      const parent = (place - 1) >> 2;
      const above = heap[parent];
      if (key[parent] < distance || (key[parent] === distance && above < node)) break;
      heap[place] = above;
      key[place] = key[parent];
      placeOf[above] = place;
      place = parent;
    }
    heap[place] = node;
    key[place] = distance;
    placeOf[node] = place;
  }

  /** Takes the nearest node out; only where there is one. */
  takeNearest(): number {
    const nearest = this.heap[0];
    this.placeOf[nearest] = -1;
    this.length -= 1;
    if (this.length > 0) this.sink(this.heap[this.length], this.key[this.length]);
    return nearest;
  }

  clear(): void {
    for (let place = 0; place < this.length; place += 1) this.placeOf[this.heap[place]] = -1;
    this.length = 0;
  }

  private sink(node: number, distance: number): void {
    const { heap, key, placeOf, length } = this;
    let place = 0;
    for (let first = 1; first < length; first = place * arity + 1) {
      const end = Math.min(first + arity, length);
      let child = first;
      for (let other = first + 1; other < end; other += 1) {
        if (key[other] < key[child] || (key[other] === key[child] && heap[other] < heap[child])) child = other;
      }
      if (key[child] > distance || (key[child] === distance && heap[child] > node)) break;
      heap[place] = heap[child];
      key[place] = key[child];
      placeOf[heap[place]] = place;
      place = child;
    }
    heap[place] = node;
    key[place] = distance;
    placeOf[node] = place;
  }
}
