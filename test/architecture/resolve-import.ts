import { posix } from 'node:path';

/** Which file of the tree an import means, by the names alone. */
export function resolveImport(importer: string, specifier: string): string | undefined {
  const alias = /^@yizhan\/([^/]+)(?:\/(.+))?$/.exec(specifier);
  if (alias) return `libs/${alias[1]}/src/${alias[2] ? asSource(alias[2]) : 'index.ts'}`;
  if (!specifier.startsWith('.')) return undefined;
  return asSource(posix.join(posix.dirname(importer), specifier));
}

const asSource = (path: string) => path.replace(/\.js$/, '.ts');
