/** The station whose pages these are. */
export function stationIn(pathname: string): string | undefined {
  const [, stationCode] = /^\/station\/([^/]+)/.exec(pathname) ?? [];
  return stationCode === undefined ? undefined : decodeURIComponent(stationCode);
}
