import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';

/** How a station stands for the next shift, and the newest that leads have signed. */
export function useShift(stationCode: string) {
  return useQuery({
    queryKey: ['station', stationCode, 'shift'],
    queryFn: () =>
      asking(async () => {
        const path = { stationCode };
        const [picture, handovers, caller] = await Promise.all([
          yizhan.stationReports.handover({ path }),
          yizhan.shiftHandovers.list({ path, query: { limit: 5 } }),
          yizhan.caller.read(),
        ]);
        return { picture, handovers: handovers.items, caller };
      }),
    refetchInterval: 60_000,
  });
}

export type Shift = NonNullable<ReturnType<typeof useShift>['data']>;
