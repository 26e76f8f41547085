import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BoardResponse } from '@yizhan/client';
import { use, useMemo } from 'react';
import { asking, yizhan } from '../api/yizhan.js';
import { announcedVisit, notYetIn, withSteps } from '../offline/apply-steps.js';
import { InsteadOf, useStepsOf } from '../offline/use-steps.js';
import { knownTruck } from '../ticket/take-ticket.js';

/** Everything that the page of a truck shows: the visit, its handoff, the truck and what was written of them. */
async function readTruck(visitId: string) {
  const visit = await yizhan.visits.read({ path: { visitId } });
  const { handoffId, plate } = visit;
  const [handoff, truck, history] = await Promise.all([
    handoffId === undefined ? undefined : yizhan.handoffs.read({ path: { handoffId } }),
    knownTruck(plate),
    yizhan.visits.readHistory({ path: { visitId } }),
  ]);
  return { visit, handoff, truck, history };
}

export type Truck = Awaited<ReturnType<typeof readTruck>>;

/**
 * A truck as the service has told of it last, with what was logged on this device since. `updatedAt`: of when it is, epoch
 * milliseconds of this device; undefined where the service has never told of it. `isPartial`: only the board knows of it.
 */
export function useTruck(visitId: string) {
  const client = useQueryClient();
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: ['station', 'truck', visitId],
    queryFn: () => asking(() => readTruck(visitId)),
    // A signature on a driver's phone is no event until the handoff completes.
    refetchInterval: ({ state }) => (state.data?.handoff?.state === 'started' ? 3_000 : 30_000),
  });
  const all = useStepsOf(visitId);
  const insteadOf = use(InsteadOf);
  // What is entered anew is entered for the truck as it stood before.
  const steps = useMemo(() => (insteadOf ? all.filter(({ order }) => order < insteadOf.order) : all), [all, insteadOf]);
  return useMemo(() => {
    const row = data || !error ? undefined : rowOf(client, visitId);
    const told = data ?? row?.truck;
    const updatedAt = data ? dataUpdatedAt : row?.updatedAt;
    const visit = told?.visit ?? announcedVisit(steps);
    if (!visit) return { data: undefined, error, updatedAt, isPartial: false };
    const standing = { visit, handoff: told?.handoff, truck: told?.truck };
    const truck: Truck = { ...withSteps(standing, notYetIn(steps, updatedAt ?? 0)), history: told?.history ?? [] };
    return { data: truck, error, updatedAt, isPartial: row !== undefined };
  }, [client, visitId, data, error, dataUpdatedAt, steps]);
}

/** What the board knows of a truck whose page was never opened here. */
function rowOf(
  client: QueryClient,
  visitId: string,
): { readonly truck: Truck; readonly updatedAt: number } | undefined {
  for (const { queryKey, state } of client.getQueryCache().findAll({ queryKey: ['station'] })) {
    if (queryKey[2] !== 'board') continue;
    const visit = (state.data as BoardResponse | undefined)?.visits.find((each) => each.visitId === visitId);
    if (visit)
      return { truck: { visit, handoff: undefined, truck: undefined, history: [] }, updatedAt: state.dataUpdatedAt };
  }
  return undefined;
}
