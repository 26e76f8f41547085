import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { Progress } from '../apps/yizhan/src/commands/progress.js';
import { tell } from '../apps/yizhan/src/commands/screen.js';
import { pack, type Packed } from './archive.js';
import { stage } from './stage.js';
import { type Target, targets } from './targets.js';

interface BundleOptions {
  readonly for: readonly Target['name'][];
  readonly out: string;
  readonly cache: string;
  readonly json?: boolean;
}

const root = resolve('.');

const examples = `
Each archive holds Node.js, PostgreSQL, all packages and the console: what is unpacked downloads nothing. Here npm fetches Node.js
(and PostgreSQL of another system) once, and compares it with the sum that is written down. The same files are packed to the same
bytes by the same Node; whether two builds of the same sources make the same files was not tried. Every program and library in an
archive is checked to be of its system and machine; docs/one-pc.md is for whoever unpacks it.

Examples:
  npm run bundle                              both archives, in out/bundle: about a minute
  npm run bundle -- --for linux-x64           one of them
  npm run bundle -- --out /tmp/archives --json

Exit codes: 0 done, 1 failed, 2 bad input.`;

const program = new Command('npm run bundle --')
  .description('Make archives of Yizhan for a PC without a network: unpack, start.')
  .addOption(
    new Option('--for <targets...>', 'which machines')
      .choices(targets.map(({ name }) => name))
      .default(targets.map(({ name }) => name)),
  )
  .option('--out <folder>', 'where the archives go', 'out/bundle')
  .option('--cache <folder>', 'where fetched packages are kept', join(homedir(), '.cache/yizhan/bundle'))
  .option('--json', 'print a line of JSON for each archive on stdout')
  .addHelpText('after', examples)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .action(bundle);

async function bundle(options: BundleOptions): Promise<void> {
  mkdirSync(options.out, { recursive: true });
  for (const target of targets.filter(({ name }) => options.for.includes(name))) {
    const packed = await bundleFor(target, options);
    process.stdout.write(options.json ? `${JSON.stringify({ target: target.name, ...packed })}\n` : textOf(packed));
  }
}

async function bundleFor(target: Target, { out, cache }: BundleOptions): Promise<Packed> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const draft = mkdtempSync(join(tmpdir(), 'yizhan-bundle-'));
  const folder = join(draft, `yizhan-${version}-${target.name}`);
  try {
    tell(`${target.name}: collecting files`);
    mkdirSync(folder);
    await stage(target, folder, { root, cache, tell });
    const progress = await Progress.start(`${target.name}: packing`, 1);
    const file = resolve(out, `${basename(folder)}${target.archive}`);
    const packed = await pack(folder, target.archive, file, (done, of) => progress.update(done, of));
    progress.stop();
    writeFileSync(`${file}.sha256`, `${packed.sha256}  ${basename(file)}\n`);
    return packed;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const textOf = ({ file, size, sha256 }: Packed): string =>
  `${file}\n  ${(size / 1e6).toFixed(1)} MB (${size} bytes), SHA-256 ${sha256}\n`;

await program.parseAsync().catch((error: unknown) => {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
