import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';
import { setServerTime } from '../live/use-now.js';

/** How a station stands; kept new by `useLiveStation`. */
export function useBoard(stationCode: string) {
  return useQuery({
    queryKey: ['station', stationCode, 'board'],
    queryFn: async () => {
      const board = await asking(() => yizhan.stations.readBoard({ path: { stationCode } }));
      setServerTime(board.asOf);
      return board;
    },
    // Where the stream is away, and for what happens by the clock alone.
    refetchInterval: 30_000,
  });
}

export type Board = NonNullable<ReturnType<typeof useBoard>['data']>;
export type BoardVisit = Board['visits'][number];
