import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { openYizhan } from '../api/yizhan.js';
import { setServerSpeed } from '../live/use-now.js';
import { currentSession } from '../session/current-session.js';

const lookEvery = 60_000;

/** What is played here in place of real work; undefined where the work is real, and until that is known. */
export function useDemonstration() {
  const { data } = useQuery({
    queryKey: ['demonstration'],
    queryFn: () => openYizhan.demonstration.read(),
    staleTime: lookEvery,
    // A real station never becomes a demonstration while a page of it is open.
    refetchInterval: ({ state }) => (state.data?.playing ? lookEvery : false),
  });
  const playing = data?.playing;
  const speed = playing?.speed ?? 1;
  useEffect(() => setServerSpeed(speed), [speed]);
  const installationId = data?.installationId;
  useEffect(() => {
    if (installationId !== undefined) currentSession.meet(installationId);
  }, [installationId]);
  return playing;
}
