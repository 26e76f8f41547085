import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { currentSession } from '../session/current-session.js';
import { gather, type Gathering } from './gather.js';
import { shareStream } from './share-stream.js';

/** Several events of one act are looked at together. */
const atOnce: Gathering = { after: 20, pause: 80 };
/** The whole board has the drivers too, and costs a hundred times as much as a truck: it follows, and not for each event. */
export const wholeBoard: Gathering = { after: 1_000, pause: 1_000 };

/** What a policy asks for changes with no event of a truck. */
const isOfPolicy = ({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean => queryKey[2] === 'checks';
const isBoard = ({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean => queryKey[2] === 'board';

export interface LiveOptions {
  /** When everything that is shown, but the board, is read anew after an event. */
  readonly look?: Gathering;
  /** Told of each event as it lies in the log, to show at once what it changes. Must stay the same. */
  readonly onEvent?: (document: string) => void;
}

/**
 * Keeps what is shown of a station as new as its log; says whether it is. Nothing is followed while the station is not known.
 * It begins now, and all is read anew then: what was kept on the device may be days old, and nobody waits for all since.
 */
export function useLiveStation(
  station: string | undefined,
  { look = atOnce, onEvent }: LiveOptions = {},
): 'live' | 'stale' {
  const client = useQueryClient();
  const [state, setState] = useState<'live' | 'stale'>('stale');
  useEffect(() => {
    if (station === undefined) return undefined;
    const readAnew = (predicate: typeof isBoard, when: Gathering) =>
      gather(() => client.invalidateQueries({ queryKey: ['station'], predicate }), when);
    const looks = [readAnew((query) => !isBoard(query) && !isOfPolicy(query), look), readAnew(isBoard, wholeBoard)];
    const call = (): void => {
      for (const each of looks) each.call();
    };
    let before: 'live' | 'stale' = 'stale';
    const stop = shareStream({
      station,
      after: undefined,
      token: () => currentSession.token(),
      onEvent: (document) => {
        onEvent?.(document);
        call();
      },
      onState: (now) => {
        // What happened while nobody listened is looked at once.
        if (now === 'live' && before === 'stale') call();
        before = now;
        setState(now);
      },
      onRefused: () => currentSession.end(),
    });
    return () => {
      for (const each of looks) each.cancel();
      stop();
    };
  }, [client, station, look, onEvent]);
  return state;
}
