import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';

const most = 200;

/** The passes of an area by a part of a plate, and the assignments that wait for one. */
export function usePasses(stationCode: string, plate: string) {
  return useQuery({
    queryKey: ['station', stationCode, 'passes', plate],
    queryFn: () =>
      asking(async () => {
        const station = await yizhan.stations.read({ path: { stationCode } });
        const { areaCode } = station;
        const query = { areaCode, limit: most, ...(plate !== '' && { plate }) };
        const [passes, requests, caller] = await Promise.all([
          yizhan.passes.list({ query }),
          yizhan.passes.listAmendmentRequests({ query: { areaCode, limit: most } }),
          yizhan.caller.read(),
        ]);
        return { station, passes: passes.items, requests: requests.items, caller };
      }),
    refetchInterval: 30_000,
  });
}

type Passes = NonNullable<ReturnType<typeof usePasses>['data']>;
export type Pass = Passes['passes'][number];
export type AmendmentRequest = Passes['requests'][number];
