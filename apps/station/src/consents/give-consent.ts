import { Injectable } from '@nestjs/common';
import type { ConsentScope, Flow } from '@yizhan/contracts';
import { newEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { conflict, invalid, notFound } from '../cases/problems.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { requireArea } from '../network/areas/area.repository.js';
import type { Consent } from './consent.js';

export interface GiveConsentInput {
  readonly carrierId: string;
  readonly areaCode: string;
  readonly scope: ConsentScope;
  readonly stationCode?: string;
  readonly flow?: Flow;
  readonly plate?: string;
  /** Epoch milliseconds; without an end where it is left out. */
  readonly validUntil?: number;
}

export interface GivenConsent {
  readonly consentId: string;
  readonly carrierId: string;
  readonly scope: ConsentScope;
  /** RFC 3339. */
  readonly givenAt: string;
}

/** A carrier agrees beforehand that its trucks are handed over; from then on until it ends or is revoked. */
@Injectable()
export class GiveConsent {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, input: GiveConsentInput): Promise<GivenConsent> {
    assertShape(input);
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      await tx.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`station|consents|${input.carrierId}`]);
      await assertPlaces(tx, input);
      if (input.plate !== undefined) await assertOwnTruck(tx, input.carrierId, input.plate);
      const { at } = change;
      if (input.validUntil !== undefined && input.validUntil <= at)
        throw invalid('CONSENT.ENDS_BEFORE_START', 'a consent ends after it is given', { field: 'validUntil' });
      await assertIsNew(tx, input, at);
      const consentId = change.newId('consent');
      const { carrierId, areaCode, scope, stationCode, flow, plate, validUntil } = input;
      const about = [consentId, carrierId, areaCode, scope, stationCode ?? null, flow ?? null, plate ?? null];
      tx.last(insert, [...about, request.caller, at, validUntil ?? null]);
      const until = validUntil === undefined ? {} : { validUntil: toIso(validUntil) };
      const covered = { consentId, carrierId, areaCode, scope, ...given({ stationCode, flow, plate }) };
      const data = { ...covered, byId: request.caller, givenAt: toIso(at), ...until };
      const subject = `consent/${consentId}`;
      return {
        events: [newEvent({ name: 'consent.given', subject, areaCode, carrierId, time: at, data })],
        answer: { consentId, carrierId, scope, givenAt: toIso(at) },
      };
    });
  }
}

/** @throws Problem `invalid` where a field is missing that the scope needs, or given that it has not. */
function assertShape({ scope, stationCode, flow, plate }: GiveConsentInput): void {
  const fault = (field: string, message: string) => invalid('CONSENT.SCOPE', message, { field, scope });
  if ((plate !== undefined) !== (scope === 'truck'))
    throw fault('plate', 'a consent for a truck, and no other, names it');
  if ((flow !== undefined) !== (scope === 'lane'))
    throw fault('flow', 'a consent for a lane, and no other, has a flow');
  if (stationCode !== undefined && scope !== 'lane') throw fault('stationCode', 'only a lane is one of a station');
}

async function assertPlaces(tx: Transaction, { areaCode, stationCode }: GiveConsentInput): Promise<void> {
  await requireArea(tx, areaCode);
  if (stationCode === undefined) return;
  const sql = 'SELECT 1 FROM station.stations WHERE station_code = $1 AND area_code = $2';
  if ((await tx.rows(sql, [stationCode, areaCode])).length > 0) return;
  throw notFound('STATION.NOT_FOUND', `area ${areaCode} has no station ${stationCode}`, { areaCode, stationCode });
}

/** One that has come in as the carrier’s, or that it has announced. Of another’s truck is not even said that it is there. */
async function assertOwnTruck(tx: Transaction, carrierId: string, plate: string): Promise<void> {
  if ((await tx.rows(ownTruck, [carrierId, plate])).length > 0) return;
  throw notFound('TRUCK.NOT_FOUND', `carrier ${carrierId} has no truck ${plate}`, { plate });
}

/** @throws Problem `conflict` where the same is in force already: whoever revoked one would leave the other. */
async function assertIsNew(tx: Transaction, input: GiveConsentInput, at: number): Promise<void> {
  const { carrierId, areaCode, scope, stationCode, flow, plate } = input;
  const key = [carrierId, areaCode, scope, stationCode ?? null, flow ?? null, plate ?? null, at];
  const [same] = await tx.rows<Pick<Consent, 'consentId'>>(sameInForce, key);
  if (!same) return;
  throw conflict('CONSENT.GIVEN_ALREADY', 'the same consent is in force: revoke it first', { ...same });
}

const ownTruck = `
  SELECT 1 FROM station.trucks WHERE plate = $2 AND carrier_id = $1
  UNION ALL SELECT 1 FROM station.visits WHERE plate = $2 AND carrier_id = $1 AND state IN ('announced', 'arrived') LIMIT 1`;

const sameInForce = `
  SELECT c.consent_id AS "consentId" FROM station.consents c
  WHERE c.carrier_id = $1 AND c.area_code = $2 AND c.scope = $3 AND c.station_code IS NOT DISTINCT FROM $4
    AND c.flow IS NOT DISTINCT FROM $5 AND c.plate IS NOT DISTINCT FROM $6 AND c.revoked_at IS NULL
    AND (c.valid_until IS NULL OR c.valid_until > to_timestamp($7::double precision / 1000))`;

const insert = `
  INSERT INTO station.consents
    (consent_id, carrier_id, area_code, scope, station_code, flow, plate, given_by, given_at, valid_until)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::double precision / 1000), to_timestamp($10::double precision / 1000))`;
