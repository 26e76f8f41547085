import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import type { Party } from '@yizhan/contracts';
import { Problem, toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { loadDriverFacts } from '../drivers/driver-facts.repository.js';
import { touchDriver } from '../drivers/driver.repository.js';
import type { DriverAnswer } from '../drivers/enrol-driver.js';
import { recallPeriod } from './recall-period.js';

/** What is said of every recall. */
export interface RecallFacts {
  readonly credential: string;
  /** A code, never free text. */
  readonly reason: string;
  /** From when on it is asked whom he met; from the beginning of the credential, at most two weeks, where it is not given. */
  readonly since?: number;
}

export interface RecallCredentialInput extends RecallFacts {
  readonly driverId: string;
  /** Station or enterprise where the run that he is on ends for him. */
  readonly endsAt?: Party;
}

export interface RecalledCredential extends DriverAnswer {
  /** The handoff that he is assigned to; it is withdrawn where it has not started and needs the credential. */
  readonly liveHandoffId?: string;
}

/**
 * Ends a credential at once. What the driver holds he brings to its end; he gets nothing new that needs it. What follows
 * from the event: see `trace-recall.ts`.
 */
@Injectable()
export class RecallCredential {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, input: RecallCredentialInput): Promise<RecalledCredential> {
    const { driverId, credential, reason, endsAt } = input;
    return this.changes.once<RecalledCredential>(request, async (change) => {
      const { tx } = change;
      const { liveHandoff, areaCode } = await loadDriverFacts(tx, driverId);
      if (endsAt) await requirePlace(tx, endsAt, areaCode);
      const since = recallPeriod(input.since, undefined, change.at);
      const [recalled, { version }] = await Promise.all([
        tx.rows(recall, [driverId, credential, change.at, input.since === undefined ? null : since, endsAt ?? null]),
        touchDriver(tx, driverId),
      ]);
      if (recalled.length === 0) {
        const message = `driver ${driverId} holds no ${credential} that could be recalled`;
        throw new Problem('not_found', 'CREDENTIAL.NOT_HELD', message, { credential });
      }
      const event = recalledEvent(
        driverId,
        areaCode,
        change.at,
        { credential, reason, ...given({ since: input.since }) },
        endsAt,
      );
      return {
        events: [event],
        answer: { driverId, areaCode, version, ...(liveHandoff ? { liveHandoffId: liveHandoff.handoffId } : {}) },
      };
    });
  }
}

/** States that a driver's credential was recalled. */
export function recalledEvent(driverId: string, areaCode: string, at: number, facts: RecallFacts, endsAt?: Party) {
  const { credential, reason, since } = facts;
  return newEvent({
    name: 'driver.credential_recalled',
    subject: `driver/${driverId}`,
    areaCode,
    time: at,
    data: {
      driverId,
      credential,
      recalledAt: toIso(at),
      reason,
      ...(since === undefined ? {} : { since: toIso(since) }),
      ...given({ endsAt }),
    },
  });
}

/** @throws Problem `not_found` where the area has no such station or enterprise. */
async function requirePlace(tx: Transaction, { kind, id }: Party, areaCode: string): Promise<void> {
  const places = await tx.rows(findPlace, [kind, id, areaCode]);
  if (places.length > 0) return;
  throw new Problem('not_found', `${kind.toUpperCase()}.NOT_FOUND`, `the area has no ${kind} ${id}`, {
    field: 'endsAt',
  });
}

const findPlace = `
  SELECT FROM station.stations s WHERE $1 = 'station' AND s.station_code = $2 AND s.area_code = $3
  UNION ALL SELECT FROM station.enterprises e WHERE $1 = 'enterprise' AND e.enterprise_id = $2 AND e.area_code = $3`;

/** What a driver was assigned to as he was recalled: what he is given after that is another matter. */
export const assignedThen = `(
  SELECT h.handoff_id || '/' || h.assignment_no FROM station.handoffs h
  WHERE h.driver_id = c.driver_id AND h.state IN ('assigned', 'accepted'))`;

const recall = `
  UPDATE station.credentials c
  SET recalled_at = to_timestamp($3::double precision / 1000), traced_at = NULL,
      traced_since = to_timestamp($4::double precision / 1000), ends_at = $5, assigned_then = ${assignedThen}
  WHERE driver_id = $1 AND credential = $2 AND recalled_at IS NULL AND valid_until > to_timestamp($3::double precision / 1000)
  RETURNING credential`;
