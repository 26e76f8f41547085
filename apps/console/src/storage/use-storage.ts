import { useQuery } from '@tanstack/react-query';
import { openYizhan } from '../api/yizhan.js';

const lookEvery = 10_000;
const allIsWell = { state: 'ok', backups: 'ok' } as const;

/** How much room the disk of the service has, and whether it is backed up; all is well until it has said otherwise. */
export function useStorage() {
  const { data } = useQuery({
    queryKey: ['storage'],
    queryFn: () => openYizhan.storage.read(),
    staleTime: lookEvery,
    refetchInterval: lookEvery,
  });
  return data ?? allIsWell;
}
