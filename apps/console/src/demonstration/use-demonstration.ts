import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { openYizhan } from '../api/yizhan.js';
import { setServerSpeed, setServerTime } from '../live/use-now.js';
import { isOwnName } from '../reach/phone-origin.js';
import { currentSession } from '../session/current-session.js';

const lookEvery = 60_000;
/** Until it is known: a page that was opened without a network. */
const askAgainEvery = 10_000;

async function read() {
  const told = await openYizhan.demonstration.read();
  // At once: what is kept of an answer grows old.
  setServerTime(told.now);
  setServerSpeed(told.playing?.speed ?? 1);
  return told;
}

/** Which installation answers and what it says of itself; undefined until that is known. */
export function useInstallation() {
  const { data } = useQuery({
    queryKey: ['demonstration'],
    queryFn: read,
    staleTime: lookEvery,
    refetchInterval: ({ state: { data: known } }) => {
      if (known === undefined) return askAgainEvery;
      // A real station never becomes a demonstration while a page of it is open; its network may come later than it.
      const mayChange = known.playing ?? (isOwnName(location.hostname) && known.phonesAt === undefined);
      return mayChange ? lookEvery : false;
    },
  });
  const installationId = data?.installationId;
  useEffect(() => {
    if (installationId !== undefined) currentSession.meet(installationId);
  }, [installationId]);
  return data;
}

/** What is played here in place of real work; undefined where the work is real, and until that is known. */
export const useDemonstration = () => useInstallation()?.playing;
