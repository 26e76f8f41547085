/** What is to be shown to who looks at one county: its own, and what belongs to none of the stations. */
export function ofCounty<T extends { readonly stationCode: string }>(
  rows: readonly T[],
  stationCodes: ReadonlySet<string> | undefined,
): readonly T[] {
  return rows.filter(
    ({ stationCode }) => stationCodes === undefined || stationCode === '' || stationCodes.has(stationCode),
  );
}
