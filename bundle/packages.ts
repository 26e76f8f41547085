import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { extract } from 'tar';

/** A package of npm, to the byte. */
export interface PackageReference {
  readonly name: string;
  readonly version: string;
  /** As npm publishes it: `sha512-` and the sum in base64. */
  readonly integrity: string;
}

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** package-lock.json: what lies at which path below the root. */
export class Lock {
  readonly #packages: Readonly<Record<string, Locked>>;

  constructor(text: string) {
    this.#packages = (JSON.parse(text) as { packages: Record<string, Locked> }).packages;
  }

  /** @throws Error where the lock has no such package, or no sum of it. */
  reference(name: string): PackageReference {
    const { version, integrity } = this.#packages[`node_modules/${name}`] ?? {};
    if (version === undefined || integrity === undefined) throw new Error(`package-lock.json does not have ${name}`);
    return { name, version, integrity };
  }

  /** Paths of these packages and of all that they depend on, such as `node_modules/pg`; what is optional is left out. */
  closure(names: readonly string[]): string[] {
    const found = new Set<string>();
    const add = (name: string, from: string): void => {
      const path = this.#resolve(name, from);
      if (found.has(path)) return;
      found.add(path);
      for (const dependency of Object.keys(this.#packages[path]?.dependencies ?? {})) add(dependency, path);
    };
    for (const name of names) add(name, '');
    return [...found].toSorted();
  }

  /** As Node looks for it: beside whoever asks, then upwards. */
  #resolve(name: string, from: string): string {
    const path = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
    if (path in this.#packages) return path;
    if (from === '') throw new Error(`package-lock.json does not have ${name}`);
    return this.#resolve(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))));
  }
}

/** Whether these bytes are what npm has published. */
export function isIntact(bytes: Uint8Array, integrity: string): boolean {
  return integrity === `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

/**
 * Unpacks a package into a folder; npm fetches it where the cache does not have it.
 * @throws Error where npm cannot, or where it is not what was published.
 */
export async function unpackPackage(
  { name, version, integrity }: PackageReference,
  { cache, to, tell }: { readonly cache: string; readonly to: string; readonly tell: (line: string) => void },
): Promise<void> {
  const file = join(cache, `${name.replace('/', '+')}-${version}.tgz`);
  if (!existsSync(file) || !isIntact(readFileSync(file), integrity)) {
    tell(`fetching ${name} ${version}`);
    fetchPackage(`${name}@${version}`, cache, file);
  }
  if (!isIntact(readFileSync(file), integrity)) {
    rmSync(file);
    throw new Error(`${name} ${version} is not what was published: its sum is another`);
  }
  mkdirSync(to, { recursive: true });
  await extract({ file, cwd: to, strip: 1 });
}

function fetchPackage(wanted: string, cache: string, file: string): void {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'fetching-'));
  try {
    const npm = spawnSync('npm', ['pack', wanted, '--pack-destination', draft, '--loglevel=error'], {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const [packed] = readdirSync(draft);
    if (npm.status !== 0 || packed === undefined) {
      throw new Error(`npm could not fetch ${wanted}: ${npm.error?.message ?? npm.stderr.trim()}`);
    }
    renameSync(join(draft, packed), file);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
