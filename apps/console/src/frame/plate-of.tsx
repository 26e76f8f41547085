import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BoardResponse } from '@yizhan/client';
import { asking } from '../api/yizhan.js';
import { knownTruck } from '../ticket/take-ticket.js';
import { Plate } from './plate.js';

/** A plate in its real colours, of a truck of which a list says nothing else: as a board has it, or as it is registered. */
export function PlateOf({ plate }: { readonly plate: string }) {
  const client = useQueryClient();
  const { data: colour } = useQuery({
    queryKey: ['plate-colour', plate],
    queryFn: async () => (await asking(() => knownTruck(plate)))?.plateColour ?? null,
    initialData: () => boardedColour(client, plate),
    // A truck keeps its plate.
    staleTime: Infinity,
    retry: false,
  });
  return <Plate plate={plate} colour={colour ?? undefined} />;
}

function boardedColour(client: QueryClient, plate: string): string | undefined {
  for (const [, data] of client.getQueriesData<BoardResponse>({
    predicate: ({ queryKey }) => queryKey[0] === 'station' && queryKey[2] === 'board',
  })) {
    const colour = data?.visits.find((visit) => visit.plate === plate)?.plateColour;
    if (colour !== undefined) return colour;
  }
  return undefined;
}
