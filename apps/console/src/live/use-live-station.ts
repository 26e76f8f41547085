import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { currentSession } from '../session/current-session.js';
import { gather, type Gathering } from './gather.js';
import { shareStream } from './share-stream.js';

/** Several events of one act are looked at together. */
const atOnce: Gathering = { after: 20, pause: 80 };

export interface LiveOptions {
  /** When everything that is shown is read anew after an event. */
  readonly look?: Gathering;
  /** Told of each event as it lies in the log, to show at once what it changes. Must stay the same. */
  readonly onEvent?: (document: string) => void;
}

/**
 * Keeps what is shown of a station as new as its log, from a position or from now on; says whether it is. Nothing is followed
 * while the station is not known.
 */
export function useLiveStation(
  station: string | undefined,
  after?: string,
  { look = atOnce, onEvent }: LiveOptions = {},
): 'live' | 'stale' {
  const client = useQueryClient();
  const [state, setState] = useState<'live' | 'stale'>('stale');
  // Where it begins is said once; afterwards the stream remembers its own place.
  const [start] = useState(after);
  useEffect(() => {
    if (station === undefined) return undefined;
    const { call, cancel } = gather(() => client.invalidateQueries({ queryKey: ['station'] }), look);
    let before: 'live' | 'stale' = 'stale';
    const stop = shareStream({
      station,
      after: start,
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
      cancel();
      stop();
    };
  }, [client, station, start, look, onEvent]);
  return state;
}
