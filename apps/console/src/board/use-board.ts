import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { asking, yizhan } from '../api/yizhan.js';
import { setServerTime } from '../live/use-now.js';
import { boardWithSteps } from '../offline/board-with-steps.js';
import { useSteps } from '../offline/use-steps.js';

/** How a station stands, with what was logged on this device since; kept new by `useLiveStation`. */
export function useBoard(stationCode: string) {
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: ['station', stationCode, 'board'],
    queryFn: async () => {
      const board = await asking(() => yizhan.stations.readBoard({ path: { stationCode } }));
      setServerTime(board.asOf);
      return board;
    },
    // Where the stream is away, and for what happens by the clock alone.
    refetchInterval: 30_000,
  });
  const steps = useSteps();
  const board = useMemo(() => data && boardWithSteps(data, steps, dataUpdatedAt), [data, steps, dataUpdatedAt]);
  return { data: board, error };
}

export type Board = NonNullable<ReturnType<typeof useBoard>['data']>;
export type BoardVisit = Board['visits'][number];
