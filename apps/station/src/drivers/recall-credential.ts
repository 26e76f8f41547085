import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Problem, toIso } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../changes/changes.js';
import { loadDriverFacts } from './driver-facts.repository.js';
import { touchDriver } from './driver.repository.js';
import type { DriverAnswer } from './enrol-driver.js';

export interface RecallCredentialInput {
  readonly driverId: string;
  readonly credential: string;
  /** A code, never free text. */
  readonly reason: string;
}

export interface RecalledCredential extends DriverAnswer {
  /** The handoff that he is assigned to: the operator withdraws it where it has not started. */
  readonly liveHandoffId?: string;
}

/** Ends a credential at once. What the driver holds he brings to its end; he gets nothing new that needs it. */
@Injectable()
export class RecallCredential {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, input: RecallCredentialInput): Promise<RecalledCredential> {
    const { driverId, credential, reason } = input;
    return this.changes.once<RecalledCredential>(request, async (change) => {
      const { tx } = change;
      const { liveHandoff } = await loadDriverFacts(tx, driverId);
      const [recalled, { areaCode, version }] = await Promise.all([
        tx.rows(recall, [driverId, credential, change.at]),
        touchDriver(tx, driverId),
      ]);
      if (recalled.length === 0) {
        const message = `driver ${driverId} holds no ${credential} that could be recalled`;
        throw new Problem('not_found', 'CREDENTIAL.NOT_HELD', message, { credential });
      }
      const data = { driverId, credential, recalledAt: toIso(change.at), reason };
      const subject = `driver/${driverId}`;
      return {
        events: [newEvent({ name: 'driver.credential_recalled', subject, areaCode, time: change.at, data })],
        answer: { driverId, areaCode, version, ...(liveHandoff ? { liveHandoffId: liveHandoff.handoffId } : {}) },
      };
    });
  }
}

const recall = `
  UPDATE station.credentials SET recalled_at = to_timestamp($3::double precision / 1000)
  WHERE driver_id = $1 AND credential = $2 AND recalled_at IS NULL AND valid_until > to_timestamp($3::double precision / 1000)
  RETURNING credential`;
