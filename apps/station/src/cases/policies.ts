import { Injectable } from '@nestjs/common';
import type { PolicyRef } from '@yizhan/contracts';
import type { Transaction } from '@yizhan/persistence';
import type { PolicyRules } from '@yizhan/policy';

/** The rules of published policies. A version never changes, so each is read once per process. */
@Injectable()
export class Policies {
  readonly #known = new Map<string, PolicyRules>();

  async rules(tx: Transaction, areaCode: string, policy: PolicyRef): Promise<PolicyRules> {
    const key = JSON.stringify([areaCode, policy.id, policy.version]);
    const known = this.#known.get(key);
    if (known) return known;
    const [row] = await tx.rows<{ rules: PolicyRules }>(
      'SELECT rules FROM station.policies WHERE area_code = $1 AND policy_id = $2 AND version = $3',
      [areaCode, policy.id, policy.version],
    );
    if (!row)
      throw new Error(`policy ${policy.id} ${policy.version} of area ${areaCode} is in force but not published`);
    this.#known.set(key, row.rules);
    return row.rules;
  }
}
