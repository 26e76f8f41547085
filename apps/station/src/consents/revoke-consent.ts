import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import { uuid } from '../cases/load-case.js';
import { conflict, notFound } from '../cases/problems.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import type { Consent } from './consent.js';
import { consentJson } from './covering.js';

export interface RevokeConsentInput {
  readonly consentId: string;
  /** Whose it has to be; anybody’s where it is left out. */
  readonly carrierId?: string | undefined;
}

export interface RevokedConsent {
  readonly consentId: string;
  /** RFC 3339. */
  readonly revokedAt: string;
  /** Handoffs that have started with it and go on. */
  readonly underWay: readonly string[];
}

/** From now on no handoff starts with it. What has started goes on: both drivers are at the truck. */
@Injectable()
export class RevokeConsent {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { consentId, carrierId }: RevokeConsentInput): Promise<RevokedConsent> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      // Waits for starts that hold it.
      const [row] = await tx.rows<{ consent: Consent }>(lockOne, [uuid(consentId)]);
      const consent = row?.consent;
      if (!consent || (carrierId !== undefined && consent.carrierId !== carrierId)) throw consentNotFound(consentId);
      if (consent.revokedAt !== null) {
        const revokedAt = toIso(consent.revokedAt);
        throw conflict('CONSENT.REVOKED', `consent ${consentId} was revoked already`, { consentId, revokedAt });
      }
      const { at } = change;
      const started = await tx.rows<{ handoffId: string }>(startedWith, [consentId]);
      tx.last(revoke, [consentId, request.caller, at]);
      const { areaCode, carrierId: owner } = consent;
      const data = { consentId, carrierId: owner, areaCode, byId: request.caller, revokedAt: toIso(at) };
      const subject = `consent/${consentId}`;
      return {
        events: [newEvent({ name: 'consent.revoked', subject, areaCode, carrierId: owner, time: at, data })],
        answer: { consentId, revokedAt: toIso(at), underWay: started.map(({ handoffId }) => handoffId) },
      };
    });
  }
}

export const consentNotFound = (consentId: string) =>
  notFound('CONSENT.NOT_FOUND', `there is no consent ${consentId}`, { consentId });

const lockOne = `SELECT ${consentJson} AS consent FROM station.consents c WHERE c.consent_id = $1 FOR UPDATE`;

const startedWith = `
  SELECT h.handoff_id AS "handoffId" FROM station.handoffs h
  WHERE h.state = 'started' AND h.authorisation->>'consentId' = $1 ORDER BY h.handoff_id`;

const revoke = `
  UPDATE station.consents SET revoked_by = $2, revoked_at = to_timestamp($3::double precision / 1000) WHERE consent_id = $1`;
