import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { asking, yizhan } from '../api/yizhan.js';
import { plateText } from '../ticket/plate.js';
import type { NamedKind } from './name-text.js';
import { useName } from './use-names.js';

/** What somebody is called, before his id. */
export function Name({ kind, id }: { readonly kind: NamedKind; readonly id: string | undefined }) {
  return useName(kind, id);
}

/** A truck by its plate, as people call it; otherwise until that is known, or where it may not be. */
export function TruckLink({ visitId, otherwise }: { readonly visitId: string; readonly otherwise: string }) {
  const { data: plate } = useQuery({
    queryKey: ['plates', visitId],
    queryFn: async () => (await asking(() => yizhan.visits.read({ path: { visitId } }))).plate,
    // Of a visit the truck never changes.
    staleTime: Infinity,
    retry: false,
  });
  return <Link to={`/truck/${visitId}`}>{plate === undefined ? otherwise : plateText(plate)}</Link>;
}
