import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import { type StatedWeights, PolicyError, type PolicyPack, policyPack, policyPackIds } from '@yizhan/policy';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { requireArea } from './area.repository.js';

export interface PublishPolicyInput {
  readonly areaCode: string;
  /** Id of a pack of libs/policy. */
  readonly policyId: string;
  /** The pack with other weights, as a version of its own. */
  readonly variant?: { readonly version: string; readonly weights: StatedWeights };
}

export interface PublishedPolicy {
  readonly areaCode: string;
  readonly policyId: string;
  readonly version: string;
}

/** Puts a policy pack into force for an area: zones of the area may name it from now on. */
@Injectable()
export class PublishPolicy {
  constructor(private readonly changes: Changes) {}

  async execute(
    request: StationRequest,
    { areaCode, policyId, variant }: PublishPolicyInput,
  ): Promise<PublishedPolicy> {
    const { version, rules } = variantOf(packNamed(policyId), variant);
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      await requireArea(tx, areaCode);
      const made = await tx.rows(insertPolicy, [policyId, version, areaCode, JSON.stringify(rules), change.at]);
      if (made.length === 0) {
        throw new Problem('conflict', 'POLICY.ALREADY_PUBLISHED', `${policyId} ${version} is published in ${areaCode}`);
      }
      const data = { id: policyId, version, rules };
      return {
        events: [
          newEvent({ name: 'policy.published', subject: `policy/${policyId}`, areaCode, time: change.at, data }),
        ],
        answer: { areaCode, policyId, version },
      };
    });
  }
}

/** @throws Problem `invalid` where its version does not say what it is a version of: nobody may take it for the pack itself. */
function variantOf(pack: PolicyPack, variant: PublishPolicyInput['variant']): Pick<PolicyPack, 'version' | 'rules'> {
  if (!variant) return pack;
  const { version, weights } = variant;
  if (!version.startsWith(`${pack.version}.`)) {
    const message = `the version of ${pack.id} ${pack.version} with other weights begins with ${pack.version} and a dot, such as ${pack.version}.1`;
    throw new Problem('invalid', 'POLICY.NOT_ITS_VERSION', message, { field: 'version' });
  }
  return { version, rules: { ...pack.rules, weights } };
}

function packNamed(policyId: string): PolicyPack {
  try {
    return policyPack(policyId);
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new Problem('not_found', error.code, error.message, { policyIds: policyPackIds });
  }
}

const insertPolicy = `
  INSERT INTO station.policies (policy_id, version, area_code, rules, published_at)
  VALUES ($1, $2, $3, $4, to_timestamp($5::double precision / 1000)) ON CONFLICT DO NOTHING RETURNING policy_id`;
