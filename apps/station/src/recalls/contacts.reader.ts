import { Injectable } from '@nestjs/common';
import type { Party } from '@yizhan/contracts';
import { Clock, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { contactsOf, touchesOf } from './contacts.js';
import type { ContactsResponse } from './recalls.dto.js';
import { meetingsSince } from './meetings.repository.js';
import { openRunOf } from './load-recall.js';
import { recallPeriod } from './recall-period.js';

interface LastRecall {
  readonly openRun: { readonly runId: string; readonly plate: string; readonly stationCode: string | null } | null;
  readonly endsAt: Party | null;
  readonly since: number | null;
  readonly validFrom: number | null;
}

/** Whom a driver met, as it is shown. */
@Injectable()
export class Contacts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Since an instant; without one since that of his newest recall. @throws Problem `invalid`. */
  async since(driverId: string, since: number | undefined): Promise<ContactsResponse> {
    const now = this.clock.now();
    const [last] = await this.database.rows<LastRecall>(readLast, [driverId]);
    const from = since === undefined ? (last.since ?? recallPeriod(since, last.validFrom ?? undefined, now)) : since;
    const meetings = await meetingsSince(
      this.database,
      driverId,
      since === undefined ? from : recallPeriod(since, 0, now),
    );
    const { openRun, endsAt } = last;
    const end = endsAt ?? (openRun?.stationCode ? ({ kind: 'station', id: openRun.stationCode } as const) : undefined);
    return {
      driverId,
      since: toIso(from),
      touched: touchesOf(meetings),
      contacts: contactsOf(driverId, meetings),
      ...(openRun && { openRun: { runId: openRun.runId, plate: openRun.plate, ...given({ endsAt: end }) } }),
    };
  }
}

const readLast = `
  SELECT ${openRunOf('$1')} AS "openRun", c.ends_at AS "endsAt", c.traced_since AS since, c.valid_from AS "validFrom"
  FROM (VALUES (1)) AS always(one)
  LEFT JOIN LATERAL (
    SELECT r.ends_at, r.traced_since, r.valid_from FROM station.credentials r
    WHERE r.driver_id = $1 AND r.recalled_at IS NOT NULL ORDER BY r.recalled_at DESC LIMIT 1) c ON true`;
