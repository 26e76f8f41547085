import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { currentSession } from '../session/current-session.js';
import { gather } from './gather.js';
import { shareStream } from './share-stream.js';

/** Several events of one act are looked at together. */
const gatherFor = 120;

/**
 * Keeps what is shown of a station as new as its log, from a position or from now on; says whether it is. Nothing is followed
 * while the station is not known.
 */
export function useLiveStation(station: string | undefined, after?: string): 'live' | 'stale' {
  const client = useQueryClient();
  const [state, setState] = useState<'live' | 'stale'>('stale');
  // Where it begins is said once; afterwards the stream remembers its own place.
  const [start] = useState(after);
  useEffect(() => {
    if (station === undefined) return undefined;
    const { call: look, cancel } = gather(() => void client.invalidateQueries({ queryKey: ['station'] }), gatherFor);
    let before: 'live' | 'stale' = 'stale';
    const stop = shareStream({
      station,
      after: start,
      token: () => currentSession.token(),
      onEvent: look,
      onState: (now) => {
        // What happened while nobody listened is looked at once.
        if (now === 'live' && before === 'stale') look();
        before = now;
        setState(now);
      },
      onRefused: () => currentSession.end(),
    });
    return () => {
      cancel();
      stop();
    };
  }, [client, station, start]);
  return state;
}
