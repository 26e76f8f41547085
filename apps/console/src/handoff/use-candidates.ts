import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';

/** Who may take the truck of a handoff that waits, ranked, and what keeps the others away. */
export function useCandidates(handoffId: string) {
  return useQuery({
    queryKey: ['station', 'candidates', handoffId],
    queryFn: () => asking(() => yizhan.handoffs.readCandidates({ path: { handoffId } })),
    refetchInterval: 10_000,
  });
}

export type Candidates = NonNullable<ReturnType<typeof useCandidates>['data']>;
export type Candidate = Candidates['candidates'][number];
