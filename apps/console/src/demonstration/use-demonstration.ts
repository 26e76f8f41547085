import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { openYizhan } from '../api/yizhan.js';
import { setServerSpeed } from '../live/use-now.js';
import { currentSession } from '../session/current-session.js';

const lookEvery = 60_000;
/** Until it is known: a page that was opened without a network. */
const askAgainEvery = 10_000;

/** What is played here in place of real work; undefined where the work is real, and until that is known. */
export function useDemonstration() {
  const { data } = useQuery({
    queryKey: ['demonstration'],
    queryFn: () => openYizhan.demonstration.read(),
    staleTime: lookEvery,
    refetchInterval: ({ state: { data: known } }) => {
      if (known === undefined) return askAgainEvery;
      // A real station never becomes a demonstration while a page of it is open.
      return known.playing ? lookEvery : false;
    },
  });
  const playing = data?.playing;
  const speed = data && (playing?.speed ?? 1);
  useEffect(() => {
    if (speed !== undefined) setServerSpeed(speed);
  }, [speed]);
  const installationId = data?.installationId;
  useEffect(() => {
    if (installationId !== undefined) currentSession.meet(installationId);
  }, [installationId]);
  return playing;
}
