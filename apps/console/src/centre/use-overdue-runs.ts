import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';
import { everything } from '../carrier/everything.js';

const most = 200;
const lookEvery = 10_000;

/** Runs of an area that are out and past the time at which they were due, by the clock of the product; the oldest first. */
export function useOverdueRuns(areaCode: string, asOf: string) {
  return useQuery({
    queryKey: ['centre', areaCode, 'runs'],
    queryFn: async () => {
      const runs = await asking(() =>
        everything((page) => yizhan.runs.list({ query: { state: 'open', limit: most, ...page } })),
      );
      return runs.filter((run) => run.areaCode === areaCode && run.dueBackAt !== undefined);
    },
    select: (runs) =>
      runs
        .flatMap(({ runId, plate, driverId, intoZoneVisitId, dueBackAt = asOf }) =>
          dueBackAt < asOf ? [{ runId, plate, driverId, visitId: intoZoneVisitId, dueBackAt }] : [],
        )
        .toSorted((one, other) => one.dueBackAt.localeCompare(other.dueBackAt)),
    refetchInterval: lookEvery,
  });
}
