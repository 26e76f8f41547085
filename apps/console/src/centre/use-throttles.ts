import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';

const lookEvery = 5_000;
/** Trucks of a lane that get a driver in an hour; no limit where it is this. */
export const mostPerHour = 1_000;
const most = 200;

const readThrottles = async (areaCode: string) => {
  const query = { areaCode, standing: 'true', limit: most } as const;
  return (await asking(() => yizhan.laneThrottles.list({ query }))).items;
};

export type Throttle = Awaited<ReturnType<typeof readThrottles>>[number];

/** The throttles of an area that have not ended. */
export function useThrottles(areaCode: string) {
  return useQuery({
    queryKey: ['centre', areaCode, 'throttles'],
    queryFn: () => readThrottles(areaCode),
    refetchInterval: lookEvery,
  });
}

/** The throttle that is thought about. */
export interface ThrottleDraft {
  readonly flow: 'into_zone' | 'out_of_zone';
  readonly stationCode?: string;
  readonly trucksPerHour: number;
  readonly endsAt?: string;
}

/** What it would do. */
export function useThrottlePreview(areaCode: string, draft: ThrottleDraft | undefined) {
  return useQuery({
    queryKey: ['centre', areaCode, 'throttle-preview', draft],
    enabled: draft !== undefined,
    queryFn: () =>
      asking(() =>
        yizhan.areas.previewThrottle({ path: { areaCode }, query: draft ?? { flow: 'into_zone', trucksPerHour: 0 } }),
      ),
    refetchInterval: lookEvery,
  });
}
