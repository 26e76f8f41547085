import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { assignedThen, recalledEvent, type RecallFacts } from './recall-credential.js';
import { recallPeriod } from './recall-period.js';

export interface RecallBatchInput extends RecallFacts {
  readonly issuer: string;
  /** All that the issuer has granted where it is not given. */
  readonly batch?: string;
  /** Areas of whose drivers it is; all where it is not given. */
  readonly areaCodes?: readonly string[];
}

export interface RecalledBatch {
  /** How many drivers. */
  readonly recalled: number;
  /** The first of them, by id. */
  readonly driverIds: readonly string[];
}

interface Recalled {
  readonly driverId: string;
  readonly areaCode: string;
}

const mostNamed = 500;

/** Ends what an issuer has granted, or one batch of it, at once for every driver who holds it. */
@Injectable()
export class RecallBatch {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, input: RecallBatchInput): Promise<RecalledBatch> {
    const { credential, issuer, batch, reason, areaCodes } = input;
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const which = [credential, issuer, batch ?? null, areaCodes ?? null];
      await tx.rows(lockHolders, which);
      const holders = await tx.rows<Recalled>(readHolders, [...which, change.at]);
      if (holders.length === 0) {
        const message = `nobody holds a ${credential} of ${issuer}${batch === undefined ? '' : `, batch ${batch},`} that could be recalled`;
        throw new Problem('not_found', 'CREDENTIAL.NOT_HELD', message, { credential });
      }
      const since = input.since === undefined ? undefined : recallPeriod(input.since, undefined, change.at);
      const driverIds = holders.map(({ driverId }) => driverId);
      await tx.rows(recallAll, [driverIds, credential, change.at, since ?? null]);
      const facts = { credential, reason, ...given({ since }) };
      return {
        events: holders.map(({ driverId, areaCode }) => recalledEvent(driverId, areaCode, change.at, facts)),
        answer: { recalled: driverIds.length, driverIds: driverIds.slice(0, mostNamed) },
      };
    });
  }
}

const holds = `
  ($4::text[] IS NULL OR d.area_code = ANY ($4)) AND EXISTS (
    SELECT FROM station.credentials c WHERE c.driver_id = d.driver_id AND c.credential = $1 AND c.issuer = $2
      AND ($3::text IS NULL OR c.batch = $3) AND c.recalled_at IS NULL`;

const lockHolders = `SELECT FROM station.drivers d WHERE ${holds}) ORDER BY d.driver_id FOR UPDATE`;

const readHolders = `
  SELECT d.driver_id AS "driverId", d.area_code AS "areaCode" FROM station.drivers d
  WHERE ${holds} AND c.valid_until > to_timestamp($5::double precision / 1000)) ORDER BY d.driver_id`;

/** As where one driver's is recalled: another grant of the same does not stand in for it. */
const recallAll = `
  WITH recalled AS (
    UPDATE station.credentials c
    SET recalled_at = to_timestamp($3::double precision / 1000), traced_at = NULL,
        traced_since = to_timestamp($4::double precision / 1000), ends_at = NULL,
        assigned_then = ${assignedThen}
    WHERE driver_id = ANY ($1) AND credential = $2 AND recalled_at IS NULL
      AND valid_until > to_timestamp($3::double precision / 1000))
  UPDATE station.drivers SET version = version + 1 WHERE driver_id = ANY ($1)`;
