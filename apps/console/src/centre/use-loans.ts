import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';
import { everything } from '../carrier/everything.js';

const lookEvery = 5_000;
const most = 200;
const open = ['offered', 'accepted', 'joined', 'returning'] as const;

const readLoans = async (areaCode: string) => {
  const query = { areaCode, state: [...open], limit: most };
  return (await asking(() => yizhan.driverLoans.list({ query }))).items;
};

export type Loan = Awaited<ReturnType<typeof readLoans>>[number];

/** Loans that are not over, of drivers whom the area lends and of those whom it borrows. */
export function useLoans(areaCode: string) {
  return useQuery({
    queryKey: ['centre', areaCode, 'loans'],
    queryFn: () => readLoans(areaCode),
    refetchInterval: lookEvery,
  });
}

/** Who could be lent, and to whom: relay drivers of the area, and the other areas that serve their zones. */
export function useLendable(areaCode: string) {
  return useQuery({
    queryKey: ['centre', areaCode, 'lendable'],
    queryFn: async () => {
      const [drivers, zones] = await Promise.all([
        asking(() => everything((page) => yizhan.drivers.list({ query: { areaCode, limit: most, ...page } }))),
        asking(() => everything((page) => yizhan.zones.list({ query: { limit: most, ...page } }))),
      ]);
      const served = zones.map((zone) => ({ zoneId: zone.zoneId, areas: [zone.areaCode, ...zone.alsoIn] }));
      const areasOf = (zoneId: string | null): string[] =>
        (served.find((zone) => zone.zoneId === zoneId)?.areas ?? []).filter((code) => code !== areaCode);
      return drivers
        .map((driver) => ({ ...driver, toAreas: areasOf(driver.insideZoneId) }))
        .filter(({ toAreas }) => toAreas.length > 0);
    },
  });
}

export type Lendable = NonNullable<ReturnType<typeof useLendable>['data']>[number];

/** The driver of whom a loan is thought about. */
export interface LentDriver {
  readonly driverId: string;
  readonly insideZoneId: string | null;
  readonly licences: readonly string[];
}

/** What a loan would do to an area. */
export function useLoanPreview(areaCode: string, { driverId, insideZoneId, licences }: LentDriver) {
  return useQuery({
    queryKey: ['centre', areaCode, 'loan-preview', driverId, insideZoneId, licences],
    queryFn: () =>
      asking(() =>
        yizhan.areas.previewLoan({
          path: { areaCode },
          query: { driverId, licences: [...licences], ...(insideZoneId !== null && { insideZoneId }) },
        }),
      ),
    refetchInterval: lookEvery,
  });
}
