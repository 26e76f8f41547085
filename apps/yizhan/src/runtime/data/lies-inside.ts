import nodePath, { type PlatformPath } from 'node:path';

/** Whether a path is this folder or lies below it; from one drive of Windows to another there is no relative path. */
export function liesInside(
  folder: string,
  path: string,
  { isAbsolute, relative, sep }: Pick<PlatformPath, 'isAbsolute' | 'relative' | 'sep'> = nodePath,
): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}
