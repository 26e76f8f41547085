import { publicKeyOf, type SigningKey, type VerifyingKey } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import type { SlipKeySet } from '@yizhan/service-process';
import type { SlipFacts } from './slip-facts.js';
import { signSlip } from './slip-code.js';

/** Keys that slips are signed with: the first that has its private half signs, the others still verify older slips. */
export class SlipKeys {
  constructor(private readonly keys: SlipKeySet) {}

  /** What may be shown to everybody. */
  get publicKeys(): VerifyingKey[] {
    return this.keys.map((key) => ('d' in key ? publicKeyOf(key) : key));
  }

  /** @throws Problem `unavailable` where this installation has been given no key. */
  sign(facts: SlipFacts): string {
    const key = this.keys.find((each): each is SigningKey => 'd' in each);
    if (key) return signSlip(facts, key);
    const message = 'this installation has no key to sign slips with: set YIZHAN_SLIP_KEYS_FILE';
    throw new Problem('unavailable', 'SLIP.NO_KEY', message);
  }
}
