import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Problem, toIso } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../changes/changes.js';
import { given } from '../cases/given.js';
import { settleRecalls } from '../recalls/settle-recalls.js';
import { touchDriver } from './driver.repository.js';
import type { DriverAnswer } from './enrol-driver.js';

export interface GrantCredentialInput {
  readonly driverId: string;
  /** A code such as `professional_qualification`; never a medical value. */
  readonly credential: string;
  readonly validFrom: number;
  readonly validUntil: number;
  readonly issuer: string;
  /** What the issuer counts it to. */
  readonly batch?: string;
}

/** Records that a driver holds a credential until a time. The same one from the same day replaces what was recorded. */
@Injectable()
export class GrantCredential {
  constructor(private readonly changes: Changes) {}

  async execute(request: StationRequest, input: GrantCredentialInput): Promise<DriverAnswer> {
    const { driverId, credential, validFrom, validUntil, issuer, batch } = input;
    if (validUntil <= validFrom) {
      throw new Problem('invalid', 'CREDENTIAL.ENDS_BEFORE_START', 'a credential ends after it begins', {
        field: 'validUntil',
      });
    }
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const { areaCode, version } = await touchDriver(tx, driverId);
      await tx.rows(upsertCredential, [driverId, credential, validFrom, validUntil, issuer, batch ?? null]);
      const restored = await settleRecalls(change, driverId, areaCode);
      const valid = { validFrom: toIso(validFrom), validUntil: toIso(validUntil) };
      const data = { driverId, credential, ...valid, issuer, ...given({ batch }) };
      const subject = `driver/${driverId}`;
      return {
        events: [
          newEvent({ name: 'driver.credential_granted', subject, areaCode, time: change.at, data }),
          ...restored,
        ],
        answer: { driverId, areaCode, version },
      };
    });
  }
}

const upsertCredential = `
  INSERT INTO station.credentials (driver_id, credential, valid_from, valid_until, issuer, batch)
  VALUES ($1, $2, to_timestamp($3::double precision / 1000), to_timestamp($4::double precision / 1000), $5, $6)
  ON CONFLICT (driver_id, credential, valid_from) DO UPDATE
  SET valid_until = EXCLUDED.valid_until, issuer = EXCLUDED.issuer, batch = EXCLUDED.batch, recalled_at = NULL, traced_at = NULL`;
