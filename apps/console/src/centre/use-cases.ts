import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';
import { everything } from '../carrier/everything.js';

const lookEvery = 5_000;
const most = 200;

export type CaseStateShown = 'open' | 'closed';

const readCases = async (areaCode: string, state: CaseStateShown) =>
  (await asking(() => yizhan.cases.list({ query: { areaCode, state, limit: most } }))).items;

export type CentreCase = Awaited<ReturnType<typeof readCases>>[number];

/** Cases about an area, and those that it has to act on. */
export function useCases(areaCode: string, state: CaseStateShown) {
  return useQuery({
    queryKey: ['centre', areaCode, 'cases', state],
    queryFn: () => readCases(areaCode, state),
    refetchInterval: lookEvery,
  });
}

/** A case with everything that was done about it. */
export function useCase(areaCode: string, caseId: string) {
  return useQuery({
    queryKey: ['centre', areaCode, 'cases', 'one', caseId],
    queryFn: () => asking(() => yizhan.cases.read({ path: { caseId } })),
    refetchInterval: lookEvery,
  });
}

export type CaseInFull = NonNullable<ReturnType<typeof useCase>['data']>;

/** Every area, by name. */
export function useAreas() {
  return useQuery({
    queryKey: ['areas', 'named'],
    queryFn: () => asking(() => everything((page) => yizhan.areas.list({ query: { limit: most, ...page } }))),
    staleTime: 60_000,
  });
}

/** Exceptions of an area that are open. */
export function useOpenExceptions(areaCode: string) {
  return useQuery({
    queryKey: ['centre', areaCode, 'exceptions'],
    queryFn: async () => {
      const query = { areaCode, state: 'open', limit: most } as const;
      return (await asking(() => yizhan.exceptions.list({ query }))).items;
    },
    refetchInterval: lookEvery,
  });
}
