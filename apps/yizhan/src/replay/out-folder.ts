import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { badInput, environmentFault, messageOf } from '@yizhan/process';
import type { Scenario } from '../scenario/scenario.js';

/** What a replay is of. Another one does not go on in the same folder. */
export interface ReplayIdentity {
  readonly file: string;
  readonly fileSha256: string;
  readonly scenario: string;
  readonly scenarioSha256: string;
  readonly day: string | null;
  readonly seed: string;
}

export function identityOf(
  file: string,
  fileSha256: string,
  scenario: Scenario,
  day: string | undefined,
  seed: string,
): ReplayIdentity {
  const scenarioSha256 = createHash('sha256').update(JSON.stringify(scenario)).digest('hex');
  return { file, fileSha256, scenario: scenario.id, scenarioSha256, day: day ?? null, seed };
}

/** Makes the folder this replay's own. @throws Fault (exit code 2) where it holds another replay. */
export function claimOutFolder(out: string, identity: ReplayIdentity): void {
  const path = join(out, 'replay.json');
  if (existsSync(path)) return compare(path, out, identity);
  try {
    mkdirSync(out, { recursive: true });
    writeTextFile(path, `${JSON.stringify(identity, null, 2)}\n`);
  } catch (error) {
    throw environmentFault(`cannot write to ${out}: ${messageOf(error)}`, 'Choose another folder with --out.');
  }
}

/** The file is there whole or not at all. */
export function writeTextFile(path: string, text: string): void {
  const draft = `${path}.part`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

function compare(path: string, out: string, identity: ReplayIdentity): void {
  const before = readIdentity(path);
  const fields = ['fileSha256', 'scenarioSha256', 'day', 'seed'] as const;
  const other = fields.find((field) => before[field] !== identity[field]);
  if (!other) return;
  const name = { fileSha256: 'file', scenarioSha256: 'scenario', day: 'day', seed: 'seed' }[other];
  const was = other === 'fileSha256' ? before.file : other === 'scenarioSha256' ? before.scenario : before[other];
  throw badInput(
    `${out} holds a replay with another ${name} (${was ?? 'every day'})`,
    'Choose another folder with --out, or delete this one.',
  );
}

function readIdentity(path: string): Partial<ReplayIdentity> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<ReplayIdentity>;
  } catch (error) {
    throw badInput(`${path}: is no JSON: ${messageOf(error)}`, 'Choose another folder with --out.');
  }
}
