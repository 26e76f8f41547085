import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLiveStation, wholeBoard } from '../live/use-live-station.js';
import { visitOf } from './event-visit.js';
import { readVisits } from './use-board.js';

/** For more than these the whole board is read once. */
const mostAtOnce = 12;

/** Keeps a board as new as its log: the truck of an event at once, everything else a little later. */
export function useLiveBoard(stationCode: string): 'live' | 'stale' {
  const client = useQueryClient();
  const onEvent = useMemo(() => followVisits(client, stationCode), [client, stationCode]);
  return useLiveStation(stationCode, { look: wholeBoard, onEvent });
}

/** Reads the truck of each event, each one once at a time; what comes meanwhile is read afterwards. */
function followVisits(client: QueryClient, stationCode: string): (document: string) => void {
  const waiting = new Set<string>();
  let isReading = false;
  const readAll = async (): Promise<void> => {
    isReading = true;
    while (waiting.size > 0) {
      const visitIds = [...waiting].slice(0, mostAtOnce);
      waiting.clear();
      // What fails here is read with the whole board, which says so where that fails too.
      await readVisits(client, stationCode, visitIds).catch(() => undefined);
    }
    isReading = false;
  };
  return (document) => {
    const visitId = visitOf(document);
    if (visitId === undefined) return;
    waiting.add(visitId);
    if (!isReading) void readAll();
  };
}
