import { useQuery } from '@tanstack/react-query';
import type { StationChecksResponse, VisitResponse } from '@yizhan/client';
import { asking, yizhan } from '../api/yizhan.js';

/** How old it may be while there is a network, milliseconds: policies are changed by the week. */
const freshFor = 600_000;

/** What the policy asks to be looked at, of the truck of a visit. */
export const checksOf = (visitId: string) => ({
  queryKey: ['station', 'checks', visitId],
  queryFn: () => asking(() => yizhan.visits.readCheckTemplate({ path: { visitId } })),
});

/** The same of whatever truck comes to a station. */
const checksAt = (stationCode: string) => ({
  queryKey: ['station', stationCode, 'checks'],
  queryFn: () => asking(() => yizhan.stations.readChecks({ path: { stationCode } })),
  staleTime: freshFor,
});

/** Reads what is checked while there is a network, so that a device can do without one from its first truck on. */
export function useChecksAhead(stationCode: string): void {
  useQuery({ ...checksAt(stationCode), refetchInterval: freshFor });
}

/** What was read ahead for the way that a truck goes. */
export function useKnownChecks({
  stationCode,
  zoneId,
  flow,
}: Pick<VisitResponse, 'stationCode' | 'zoneId' | 'flow'>): Way | undefined {
  const ways = useQuery({ ...checksAt(stationCode), enabled: false }).data?.ways;
  return ways?.find((way) => way.flow === flow && way.zoneId === zoneId) ?? ways?.find((way) => way.flow === flow);
}

type Way = StationChecksResponse['ways'][number];
