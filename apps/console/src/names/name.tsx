import type { NamedKind } from './name-text.js';
import { useName } from './use-names.js';

/** What somebody is called, before his id. */
export function Name({ kind, id }: { readonly kind: NamedKind; readonly id: string | undefined }) {
  return useName(kind, id);
}
