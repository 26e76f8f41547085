import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';

/** As many as somebody can look through. */
const shownAtMost = 200;

/** What is open at a station, what is to be done first before the rest. */
export function useExceptions(stationCode: string) {
  return useQuery({
    queryKey: ['station', stationCode, 'exceptions'],
    queryFn: async () => {
      const query = { stationCode, state: 'open', limit: shownAtMost } as const;
      const { items } = await asking(() => yizhan.exceptions.list({ query }));
      return items.toSorted((one, other) => dueOf(one).localeCompare(dueOf(other)));
    },
    refetchInterval: 30_000,
  });
}

export type OpenException = NonNullable<ReturnType<typeof useExceptions>['data']>[number];

/** What is to be done by no instant comes last. */
const dueOf = ({ dueAt, openedAt }: { readonly dueAt?: string; readonly openedAt: string }): string =>
  dueAt ?? `9${openedAt}`;
