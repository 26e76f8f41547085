import { type QueryClient, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { asking, yizhan } from '../api/yizhan.js';
import { setServerTime } from '../live/use-now.js';
import { boardWithSteps } from '../offline/board-with-steps.js';
import { useSteps } from '../offline/use-steps.js';
import { currentSession } from '../session/current-session.js';
import { BoardPatches } from './board-patches.js';

const read = async (stationCode: string) => asking(() => yizhan.stations.readBoard({ path: { stationCode } }));

export type Board = Awaited<ReturnType<typeof read>>;
export type BoardVisit = Board['visits'][number];

/** By station: what was read of single trucks since the whole board. */
const patches = new Map<string, BoardPatches<BoardVisit>>();

currentSession.onLeaving(() => patches.clear());

function patchesOf(stationCode: string): BoardPatches<BoardVisit> {
  const known = patches.get(stationCode) ?? new BoardPatches<BoardVisit>();
  patches.set(stationCode, known);
  return known;
}

const keyOf = (stationCode: string) => ['station', stationCode, 'board'] as const;

/** Reads the board as a whole. */
async function readBoard(stationCode: string): Promise<Board> {
  const board = patchesOf(stationCode).on(await read(stationCode));
  setServerTime(board.asOf);
  return board;
}

/** A board that an older version of this app has kept on the device says less. */
const completed = (
  board: Partial<Pick<Board, 'overrideRequests' | 'care'>> & Omit<Board, 'overrideRequests' | 'care'>,
): Board => ({
  ...board,
  overrideRequests: board.overrideRequests ?? [],
  care: board.care ?? { restPlaces: 0, restPlacesTaken: 0, meals: 0 },
});

/** How a station stands, with what was logged on this device since; kept new by `useLiveBoard`. */
export function useBoard(stationCode: string) {
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: keyOf(stationCode),
    queryFn: () => readBoard(stationCode),
    // Where the stream is away, and for what happens by the clock alone.
    refetchInterval: 30_000,
  });
  const steps = useSteps();
  const board = useMemo(
    () => data && boardWithSteps(completed(data), steps, dataUpdatedAt),
    [data, steps, dataUpdatedAt],
  );
  return { data: board, error };
}

/** Reads single trucks and shows them on the board that is there, to whoever has asked. */
export async function readVisits(client: QueryClient, stationCode: string, visitIds: readonly string[]): Promise<void> {
  const account = currentSession.accountId;
  const answers = await Promise.all(
    visitIds.map(async (visitId) => ({
      visitId,
      ...(await asking(() => yizhan.stations.readBoardedVisit({ path: { stationCode, visitId } }))),
    })),
  );
  if (currentSession.accountId !== account) return;
  const known = patchesOf(stationCode);
  for (const answer of answers) known.add(answer);
  // The board as a whole is as old as it was: steps that were logged since are still to be shown on its other trucks.
  const updatedAt = client.getQueryState(keyOf(stationCode))?.dataUpdatedAt;
  client.setQueryData<Board>(keyOf(stationCode), (board) => board && known.on(board), { updatedAt });
}
