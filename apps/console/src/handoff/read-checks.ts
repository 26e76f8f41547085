import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { asking, yizhan } from '../api/yizhan.js';

/** What the policy asks to be looked at, of the truck of a visit. */
export const checksOf = (visitId: string) => ({
  queryKey: ['station', 'checks', visitId],
  queryFn: () => asking(() => yizhan.visits.readCheckTemplate({ path: { visitId } })),
});

interface Boarded {
  readonly visitId: string;
  readonly state: string;
  readonly flow: string;
}

const here = (visits: readonly Boarded[], flow: string): string | undefined =>
  visits.find((each) => each.flow === flow && (each.state === 'announced' || each.state === 'arrived'))?.visitId;

/** Reads what is checked in each direction while there is a network: a device that has not checked a truck yet can do so without one. */
export function useChecksAhead(visits: readonly Boarded[]): void {
  const client = useQueryClient();
  const [into, out] = [here(visits, 'into_zone'), here(visits, 'out_of_zone')];
  useEffect(() => {
    // One is enough for each direction; where it cannot be read now, the next truck or the form asks for it.
    for (const visitId of [into, out])
      if (visitId !== undefined) void client.prefetchQuery({ ...checksOf(visitId), staleTime: 600_000 });
  }, [client, into, out]);
}
