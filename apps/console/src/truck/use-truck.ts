import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';
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

export function useTruck(visitId: string) {
  return useQuery({
    queryKey: ['station', 'truck', visitId],
    queryFn: () => asking(() => readTruck(visitId)),
    // A signature on a driver's phone is no event until the handoff completes.
    refetchInterval: ({ state }) => (state.data?.handoff?.state === 'started' ? 3_000 : 30_000),
  });
}

export type Truck = Awaited<ReturnType<typeof readTruck>>;
