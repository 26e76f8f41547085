import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Import, type Use, readFacts } from './source-facts.js';
import { resolveImport } from './resolve-import.js';

export interface SourceFile {
  /** From the root of the tree, with `/`. */
  path: string;
  imports: ResolvedImport[];
  uses: Use[];
}

export interface ResolvedImport extends Import {
  /** The file of the tree that is meant, whether it exists or not; undefined for packages and Node's own modules. */
  target?: string;
}

const foldersLeftOut = new Set(['node_modules', 'dist', 'planted', 'console']);

function typeScriptFilesUnder(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return foldersLeftOut.has(entry.name) ? [] : typeScriptFilesUnder(root, path);
    return path.endsWith('.ts') && !path.endsWith('.d.ts') ? [path] : [];
  });
}

/** What the rules look at: every TypeScript file of the product and its tests, with its imports and notable expressions. */
export function readSourceTree(root: string): SourceFile[] {
  return ['apps', 'libs', 'test'].flatMap((folder) =>
    typeScriptFilesUnder(root, folder).map((path) => {
      const { imports, uses } = readFacts(path, readFileSync(join(root, path), 'utf8'));
      return { path, uses, imports: imports.map((each) => ({ ...each, target: resolveImport(path, each.specifier) })) };
    }),
  );
}
