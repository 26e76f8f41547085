import type { Transaction } from '@yizhan/persistence';
import type { Consent } from './consent.js';

/** A consent `c` as JSON in the form of `Consent`. */
export const consentJson = `json_build_object('consentId', c.consent_id, 'carrierId', c.carrier_id, 'areaCode', c.area_code,
  'scope', c.scope, 'stationCode', c.station_code, 'flow', c.flow, 'plate', c.plate, 'givenBy', c.given_by,
  'givenAt', (extract(epoch FROM c.given_at) * 1000)::bigint, 'validUntil', (extract(epoch FROM c.valid_until) * 1000)::bigint,
  'revokedBy', c.revoked_by, 'revokedAt', (extract(epoch FROM c.revoked_at) * 1000)::bigint)`;

/** A consent that is over for longer is not looked at, not even to say why a handoff has none. */
const lapsedWithin = `interval '30 days'`;

/**
 * Whether a consent `c` is about the handoff of a visit `v` of a truck `t`: of its carrier as that stands now, whatever was said
 * when it was given, in its area, and of its scope. Those that were over long before the instant `at`, a parameter in epoch
 * milliseconds, are left out.
 */
export const isAboutVisit = (
  at: string,
): string => `c.carrier_id = coalesce(v.carrier_id, t.carrier_id) AND c.area_code = v.area_code
  AND CASE c.scope WHEN 'truck' THEN c.plate = v.plate
        WHEN 'lane' THEN c.flow = v.flow AND (c.station_code IS NULL OR c.station_code = v.station_code)
        ELSE true END
  AND coalesce(least(c.revoked_at, c.valid_until), 'infinity') > to_timestamp(${at}::double precision / 1000) - ${lapsedWithin}`;

/**
 * The consents that are about a handoff. They stand still until the transaction ends: a revocation waits for it, or was before it.
 * Send it after the locks of the case.
 */
export async function lockConsents(tx: Transaction, handoffId: string, at: number): Promise<Consent[]> {
  const rows = await tx.rows<{ consent: Consent }>(lockCovering, [handoffId, at]);
  return rows.map(({ consent }) => consent);
}

const lockCovering = `
  SELECT ${consentJson} AS consent
  FROM station.handoffs h JOIN station.visits v ON v.visit_id = h.visit_id JOIN station.trucks t ON t.plate = v.plate
  JOIN station.consents c ON ${isAboutVisit('$2')}
  WHERE h.handoff_id = $1 ORDER BY c.consent_id FOR SHARE OF c`;
