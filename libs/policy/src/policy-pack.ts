import { cnClosure2022 } from './packs/cn-closure-2022.js';
import { cnFreight } from './packs/cn-freight.js';
import { cnStrict } from './packs/cn-strict.js';
import { PolicyError } from './policy-error.js';
import type { PolicyPack } from './policy-rules.js';
import { readPolicyPack } from './read-policy-pack.js';

const packs: ReadonlyMap<string, PolicyPack> = new Map(
  [cnFreight, cnStrict, cnClosure2022].map((pack) => [pack.id, frozen(readPolicyPack(pack))]),
);

/** The ids of the packs of this library; the first is the default. */
export const policyPackIds: readonly string[] = [...packs.keys()];

/** The pack of this library with that id, frozen. Throws `PolicyError` (`POLICY.UNKNOWN_PACK`). */
export function policyPack(id: string): PolicyPack {
  const pack = packs.get(id);
  if (!pack)
    throw new PolicyError(
      'POLICY.UNKNOWN_PACK',
      `There is no policy pack ${JSON.stringify(id)}; there are ${policyPackIds.join(', ')}.`,
    );
  return pack;
}

function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
