const arity = 4;

/**
 * Columns by distance; where distances are equal a free column first, then the lower one. An indexed 4-ary heap over
 * typed arrays, emptied in O(what is in it).
 */
export class ColumnHeap {
  private readonly heap: Int32Array;
  private readonly placeOf: Int32Array;
  private length = 0;

  /**
   * `distance` and `rowOfColumn` (-1: free) are the caller's; a distance may fall while its column is in the heap if
   * `raise` follows.
   */
  constructor(
    columns: number,
    private readonly distance: Float64Array,
    private readonly rowOfColumn: Int32Array,
  ) {
    this.heap = new Int32Array(columns);
    this.placeOf = new Int32Array(columns).fill(-1);
  }

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /** Adds `column`, or moves it up after its distance has fallen. */
  raise(column: number): void {
    let place = this.placeOf[column];
    if (place < 0) {
      place = this.length;
      this.length += 1;
    }
    const { heap, placeOf } = this;
    while (place > 0) {
      const parent = ((place - 1) / arity) | 0;
      const above = heap[parent];
      if (!this.isBefore(column, above)) break;
      heap[place] = above;
      placeOf[above] = place;
      place = parent;
    }
    heap[place] = column;
    placeOf[column] = place;
  }

  /** Takes the nearest column out; only where there is one. */
  takeNearest(): number {
    const nearest = this.heap[0];
    this.placeOf[nearest] = -1;
    this.length -= 1;
    if (this.length > 0) this.sink(this.heap[this.length]);
    return nearest;
  }

  clear(): void {
    for (let place = 0; place < this.length; place += 1) this.placeOf[this.heap[place]] = -1;
    this.length = 0;
  }

  private sink(column: number): void {
    const { heap, placeOf } = this;
    let place = 0;
    for (let first = 1; first < this.length; first = place * arity + 1) {
      const end = Math.min(first + arity, this.length);
      let child = first;
      for (let other = first + 1; other < end; other += 1) if (this.isBefore(heap[other], heap[child])) child = other;
      if (!this.isBefore(heap[child], column)) break;
      heap[place] = heap[child];
      placeOf[heap[place]] = place;
      place = child;
    }
    heap[place] = column;
    placeOf[column] = place;
  }

  private isBefore(one: number, other: number): boolean {
    const difference = this.distance[one] - this.distance[other];
    if (difference !== 0) return difference < 0;
    const isFree = this.rowOfColumn[one] < 0;
    return isFree === this.rowOfColumn[other] < 0 ? one < other : isFree;
  }
}
