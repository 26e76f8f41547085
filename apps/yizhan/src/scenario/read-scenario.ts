import { readFileSync } from 'node:fs';
import { badInput, messageOf } from '@yizhan/process';
import { Ajv } from 'ajv';
import { faultsOf, warningsOf } from './check-scenario.js';
import { faultIn, schemaFault } from './file-faults.js';
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
  if (!isScenario(value)) throw faultIn(file, 'scenario', (isScenario.errors ?? []).map(schemaFault));
  const faults = faultsOf(value);
  if (faults.length > 0) throw faultIn(file, 'scenario', faults);
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
