import type { Licence } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { credentialsNeeded, licenceCovers, type PolicyRules } from '@yizhan/policy';
import { licences as allLicences } from '../cases/truck.dto.js';
import type { TruckClassResponse } from './board.dto.js';

/** A credential as it was granted and not recalled; epoch milliseconds. */
export interface Grant {
  readonly credential: string;
  readonly validFrom: number;
  readonly validUntil: number;
}

/**
 * The trucks that a driver's licences cover, by the licence that each asks for, and until when he holds what such a truck asks for
 * besides: what a tablet without a network goes by. Of a zone without rules nothing more is known than his licences.
 */
export function truckClasses(
  rules: Pick<PolicyRules, 'licenceCovers' | 'credentials'> | null,
  held: readonly Licence[],
  grants: readonly Grant[],
  now: number,
): TruckClassResponse[] {
  if (!rules) return held.map((licence) => ({ licence, isQualified: true }));
  return allLicences
    .filter((licence) => licenceCovers(rules, held, licence))
    .map((licence) => {
      const until = credentialsNeeded(rules, { licenceRequired: licence }).map((credential) =>
        Math.max(
          -Infinity,
          ...grants
            .filter((grant) => grant.credential === credential && grant.validFrom <= now && now <= grant.validUntil)
            .map(({ validUntil }) => validUntil),
        ),
      );
      const first = Math.min(...until);
      if (first === Infinity) return { licence, isQualified: true };
      return first === -Infinity
        ? { licence, isQualified: false }
        : { licence, isQualified: true, qualifiedUntil: toIso(first) };
    });
}
