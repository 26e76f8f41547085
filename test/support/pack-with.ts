import { type PolicyPack, policyPack, weightsOf } from '@yizhan/policy';

/** A pack with other weights, as an area publishes it. */
export function packWith(
  weights: Partial<NonNullable<PolicyPack['rules']['weights']>>,
  id: PolicyPack['id'] = 'cn-freight',
): PolicyPack {
  const pack = policyPack(id);
  return { ...pack, rules: { ...pack.rules, weights: { ...weightsOf(pack.rules), ...weights } } };
}
