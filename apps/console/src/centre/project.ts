export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** A place on the sheet, from 0 to 100 in both directions. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const margin = 12;

/** Lays places out on a square sheet, north above, as far apart as they are; a single one, or several on one spot, in the middle. */
export function project(places: readonly Place[]): Point[] {
  if (places.length === 0) return [];
  const north = Math.max(...places.map(({ latitude }) => latitude));
  const south = Math.min(...places.map(({ latitude }) => latitude));
  const width = Math.cos((((north + south) / 2) * Math.PI) / 180);
  const flat = places.map(({ latitude, longitude }) => ({ x: longitude * width, y: -latitude }));
  const middleOf = (values: readonly number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  const xs = flat.map(({ x }) => x);
  const ys = flat.map(({ y }) => y);
  const span = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  const scale = span === 0 ? 0 : (100 - 2 * margin) / span;
  const [middleX, middleY] = [middleOf(xs), middleOf(ys)];
  return flat.map(({ x, y }) => ({ x: 50 + (x - middleX) * scale, y: 50 + (y - middleY) * scale }));
}
