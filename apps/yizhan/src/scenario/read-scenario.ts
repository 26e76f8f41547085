import { readFileSync } from 'node:fs';
import { badInput, type Fault, messageOf } from '@yizhan/process';
import { Ajv, type ErrorObject } from 'ajv';
import { faultsOf, type ScenarioFault, warningsOf } from './check-scenario.js';
import type { Scenario } from './scenario.js';
import { scenarioSchema } from './scenario-schema.js';
import { yiwu } from './yiwu.js';

/** Scenarios that come with the product, by the name that `--scenario` takes. */
export const builtInScenarios: Readonly<Record<string, Scenario>> = { yiwu };

export interface ScenarioRead {
  readonly scenario: Scenario;
  /** What works, but hardly as meant. */
  readonly warnings: readonly string[];
}

/** The scenario of that name, or of that file. @throws Fault (exit code 2) that names file, field and reason. */
export function readScenario(nameOrFile: string): ScenarioRead {
  const builtIn = Object.hasOwn(builtInScenarios, nameOrFile) ? builtInScenarios[nameOrFile] : undefined;
  return checkScenario(builtIn ?? parse(nameOrFile), nameOrFile);
}

/** What is written in `file`, as a scenario that can work. @throws Fault (exit code 2) that names file, field and reason. */
export function checkScenario(value: unknown, file: string): ScenarioRead {
  if (!isScenario(value)) throw faultOf(file, (isScenario.errors ?? []).map(schemaFault));
  const faults = faultsOf(value);
  if (faults.length > 0) throw faultOf(file, faults);
  return { scenario: value, warnings: warningsOf(value).map(({ field, why }) => `${file}: "${field}": ${why}`) };
}

// A later branch of a distribution would complain too; the first fault is the one to mend.
const isScenario = new Ajv({ discriminator: true }).compile<Scenario>(scenarioSchema);

function parse(file: string): unknown {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    const names = Object.keys(builtInScenarios).join(', ');
    throw badInput(`${file}: cannot be read: ${messageOf(error)}`, `Give a scenario file, or one of: ${names}.`);
  }
  try {
    return JSON.parse(content);
  } catch (error) {
    throw badInput(`${file}: is no JSON: ${messageOf(error)}`);
  }
}

function faultOf(file: string, [first, ...others]: readonly ScenarioFault[]): Fault {
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return badInput(`${file}: "${first?.field ?? ''}": ${first?.why ?? 'is no scenario'}${more}`);
}

function schemaFault(error: ErrorObject): ScenarioFault {
  const path = error.instancePath
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((whole, part) => (/^\d+$/.test(part) ? `${whole}[${part}]` : whole === '' ? part : `${whole}.${part}`), '');
  return { field: fieldOf(path, error), why: reasonOf(error) };
}

function fieldOf(path: string, { params }: ErrorObject): string {
  const named =
    (params as Record<string, unknown>).missingProperty ?? (params as Record<string, unknown>).additionalProperty;
  if (typeof named !== 'string') return path;
  return path === '' ? named : `${path}.${named}`;
}

function reasonOf({ keyword, params, message }: ErrorObject): string {
  const given = params as Record<string, unknown>;
  switch (keyword) {
    case 'required':
      return 'is missing';
    case 'additionalProperties':
      return 'is not known here';
    case 'enum':
      return `must be one of ${(given.allowedValues as string[]).join(', ')}`;
    case 'discriminator':
      return 'kind must be fixed, triangular or lognormal';
    default:
      return message ?? keyword;
  }
}
