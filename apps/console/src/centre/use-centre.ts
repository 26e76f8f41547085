import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';
import { setServerTime } from '../live/use-now.js';

const most = 200;
/** Milliseconds of real time. */
const lookEvery = 2_000;
/** For a screen on the wall: what has happened is there a second later. Each look costs the service milliseconds, and pages are many. */
export const atOnce = 750;

/** What of an area is shown. */
export interface CentreScope {
  readonly areaCode: string;
  readonly countyCode: string | undefined;
  /** How many hours figures go back. */
  readonly hours: number;
}

const readBoard = async ({ areaCode, countyCode, hours }: CentreScope) => {
  const query = { hours, ...(countyCode !== undefined && { countyCode }) };
  const board = await asking(() => yizhan.board.board({ path: { areaCode }, query }));
  setServerTime(board.asOf);
  return board;
};

const readAlerts = async (areaCode: string) => {
  const query = { state: 'open', limit: most } as const;
  const { items } = await asking(() => yizhan.alerts.list({ path: { areaCode }, query }));
  return items;
};

/** Every station of the area, or of all, however many pages they come in. */
export async function readStations(areaCode?: string) {
  const stations: Awaited<ReturnType<typeof pageOfStations>>['items'][number][] = [];
  for (let after: string | undefined; ;) {
    const { items, next } = await pageOfStations(areaCode, after);
    stations.push(...items);
    if (next === null) return stations;
    after = next;
  }
}

const pageOfStations = async (areaCode: string | undefined, after: string | undefined) => {
  const query = { limit: most, ...(areaCode !== undefined && { areaCode }), ...(after !== undefined && { after }) };
  return asking(() => yizhan.stations.list({ query }));
};

export type CentreBoard = Awaited<ReturnType<typeof readBoard>>;
export type CentreAlert = Awaited<ReturnType<typeof readAlerts>>[number];
export type CentreStation = Awaited<ReturnType<typeof readStations>>[number];

/** The board of an area, read anew so often. */
export function useCentreBoard(scope: CentreScope, every = lookEvery) {
  return useQuery({
    queryKey: ['centre', scope.areaCode, 'board', scope],
    queryFn: () => readBoard(scope),
    refetchInterval: every,
    placeholderData: (before: CentreBoard | undefined) => (before?.areaCode === scope.areaCode ? before : undefined),
  });
}

/** What stands in an area and asks for somebody. */
export function useCentreAlerts(areaCode: string, every = lookEvery) {
  return useQuery({
    queryKey: ['centre', areaCode, 'alerts'],
    queryFn: () => readAlerts(areaCode),
    refetchInterval: every,
  });
}

/** Names and places of the stations, and of the area. */
export function useCentreStations(areaCode: string) {
  return useQuery({
    queryKey: ['centre', areaCode, 'stations'],
    queryFn: async () => {
      const [area, stations] = await Promise.all([
        asking(() => yizhan.areas.read({ path: { areaCode } })),
        readStations(areaCode),
      ]);
      return { area, stations };
    },
    refetchInterval: 60_000,
  });
}
