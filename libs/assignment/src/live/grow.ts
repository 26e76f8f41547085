/** A longer copy; what is new is `filler`. */
export function longerInts(array: Int32Array, length: number, filler: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(length).fill(filler, array.length);
  longer.set(array);
  return longer;
}

/** A longer copy; what is new is `filler`. */
export function longerFloats(array: Float64Array, length: number, filler: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(length).fill(filler, array.length);
  longer.set(array);
  return longer;
}
