import { readdirSync } from 'node:fs';

/** Paths of all regular files below a folder, with `/`, in the order of their bytes; links are none. */
export function filesUnder(folder: string): string[] {
  return entriesUnder(folder).flatMap(({ path, kind }) => (kind === 'file' ? [path] : []));
}

export interface Entry {
  readonly path: string;
  readonly kind: 'file' | 'link';
}

/** Files and links, in the order of their bytes. */
export function entriesUnder(folder: string): Entry[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry): Entry => {
      const path = `${entry.parentPath}/${entry.name}`.slice(folder.length + 1).replaceAll('\\', '/');
      return { path, kind: entry.isSymbolicLink() ? 'link' : 'file' };
    })
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}
