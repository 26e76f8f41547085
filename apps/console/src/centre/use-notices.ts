import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';

const most = 50;
const lookEvery = 10_000;

/** Those about alerts and those about trucks lie with different services: the newest of both. */
async function readNotices(areaCode: string, isTroubled: boolean) {
  const asked = { path: { areaCode }, query: { limit: most, ...(isTroubled && { troubled: 'true' as const }) } };
  const [alerts, trucks] = await Promise.all([
    asking(() => yizhan.notices.list(asked)),
    asking(() => yizhan.truckNotices.list(asked)),
  ]);
  return [...alerts.items, ...trucks.items].toSorted((a, b) => b.madeAt.localeCompare(a.madeAt)).slice(0, most);
}

export type CentreNotice = Awaited<ReturnType<typeof readNotices>>[number];

/** What people were told of an area, the newest first. */
export function useNotices(areaCode: string, isTroubled: boolean) {
  return useQuery({
    queryKey: ['centre', areaCode, 'notices', isTroubled],
    queryFn: () => readNotices(areaCode, isTroubled),
    refetchInterval: lookEvery,
  });
}

/** Over what they are told. */
export function useNoticeGateways() {
  return useQuery({
    queryKey: ['notice-gateways'],
    queryFn: () => asking(() => yizhan.notices.configured()),
    staleTime: Infinity,
  });
}
