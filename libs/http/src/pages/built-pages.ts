import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** One file of the built console. */
export interface BuiltPage {
  readonly type: string;
  /** As it is, and compressed where the build has compressed it. */
  readonly bodies: Readonly<Partial<Record<Encoding, Buffer>>> & { readonly identity: Buffer };
  readonly etag: string;
  /** Its name changes with its content: it may be kept for ever. */
  readonly isHashed: boolean;
}

export type Encoding = 'br' | 'gzip' | 'identity';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const compressed = { '.br': 'br', '.gz': 'gzip' } as const;

/** The built console, held in memory: some megabytes, read once. */
export class BuiltPages {
  private constructor(private readonly pages: ReadonlyMap<string, BuiltPage>) {}

  /** `undefined` where nothing is built there. */
  static read(folder: string): BuiltPages | undefined {
    if (!existsSync(join(folder, 'index.html'))) return undefined;
    const pages = filesUnder(folder, '').map((path): [string, BuiltPage] => [path, pageAt(folder, path)]);
    return new BuiltPages(new Map(pages));
  }

  /** The file at an address, or the page that every other address of the console opens; a file that is gone is no page. */
  at(path: string, isNavigation: boolean): BuiltPage | undefined {
    const found = this.pages.get(path === '/' ? '/index.html' : path);
    if (found || !isNavigation || path.startsWith('/assets/')) return found;
    return this.pages.get('/index.html');
  }
}

function filesUnder(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesUnder(root, path);
    return extname(path) in types ? [path] : [];
  });
}

function pageAt(root: string, path: string): BuiltPage {
  const identity = readFileSync(join(root, path));
  const smaller = Object.entries(compressed)
    .filter(([suffix]) => existsSync(join(root, `${path}${suffix}`)))
    .map(([suffix, encoding]) => [encoding, readFileSync(join(root, `${path}${suffix}`))]);
  return {
    type: types[extname(path)] ?? 'application/octet-stream',
    bodies: { ...(Object.fromEntries(smaller) as Partial<Record<Encoding, Buffer>>), identity },
    etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
    isHashed: path.startsWith('/assets/'),
  };
}
