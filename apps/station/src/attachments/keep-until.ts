import type { Transaction } from '@yizhan/persistence';
import { retentionOf } from '@yizhan/policy';
import { notFound } from '../cases/case-scope.js';
import type { Policies } from '../cases/policies.js';
import type { AttachmentKind } from './attachments.js';

interface Place {
  readonly area_code: string;
  readonly policy_id: string;
  readonly policy_version: string;
}

const day = 24 * 3_600_000;

/** How long the policy of the visit's zone lets a photo or note be kept, epoch milliseconds. @throws Problem `not_found`. */
export async function keepUntil(
  tx: Transaction,
  policies: Policies,
  { visitId, kind, at }: { readonly visitId: string; readonly kind: AttachmentKind; readonly at: number },
): Promise<number> {
  const [place] = await tx.rows<Place>(readPlace, [visitId]);
  if (!place) throw notFound('visit', visitId);
  const policy = { id: place.policy_id, version: place.policy_version };
  const { photoDays, noteDays } = retentionOf(await policies.rules(tx, place.area_code, policy));
  return at + (kind === 'photo' ? photoDays : noteDays) * day;
}

const readPlace = `
  SELECT v.area_code, z.policy_id, z.policy_version
  FROM station.visits v JOIN station.zones z ON z.zone_id = v.zone_id WHERE v.visit_id = $1`;
