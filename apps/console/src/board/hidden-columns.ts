/** Where a column lies in what scrolls, and what of it is seen; pixels. */
interface Lies {
  readonly left: number;
  readonly width: number;
}

/** More than this of a column must be out of sight for it to count as hidden. */
const most = 0.35;

/** Which columns are out of sight to the left and to the right, by their place in the row. */
export function hiddenColumns(
  columns: readonly Lies[],
  seen: Lies,
): { readonly left: readonly number[]; readonly right: readonly number[] } {
  const end = seen.left + seen.width;
  const placesOf = (isHidden: (column: Lies) => boolean): readonly number[] =>
    columns.flatMap((column, place) => (isHidden(column) ? [place] : []));
  return {
    left: placesOf(({ left, width }) => seen.left - left > width * most),
    right: placesOf(({ left, width }) => left + width - end > width * most),
  };
}
