/** The station whose pages these are. */
export function stationIn(pathname: string): string | undefined {
  const [, stationCode] = /^\/station\/([^/]+)/.exec(pathname) ?? [];
  return stationCode === undefined ? undefined : decodeURIComponent(stationCode);
}

const place = 'yizhan.workplace';

/** Whichever tab of this device shows a station's pages, it is worked there: the tab that sends may show other ones. */
export function rememberWorkplace(pathname: string): void {
  const stationCode = stationIn(pathname);
  if (stationCode !== undefined) localStorage.setItem(place, stationCode);
}

/** The station whose pages this device shows, or has shown last. */
export const workplace = (): string | undefined => localStorage.getItem(place) ?? undefined;

interface Announced {
  readonly stationCode: string;
  readonly movedFrom?: readonly string[];
}

/** At which station a truck is worked with from here: one that was moved may have come to where it was announced before. */
export const stationHere = ({ stationCode, movedFrom = [] }: Announced): string =>
  [stationCode, ...movedFrom].find((code) => code === workplace()) ?? stationCode;

/** Pages of the work at a station where its board is not seen. */
export const isBesideBoard = (pathname: string): boolean => /^\/(truck\/|unsent$|station\/[^/]+\/[^/])/.test(pathname);
