import type { NewEvent } from '@yizhan/event-log';
import { openExceptions } from '../cases/load-case.js';
import type { Change } from '../changes/changes.js';
import { writeExceptionChange } from '../exceptions/exception-rows.js';
import { type OpenException, settle } from '../exceptions/raising.js';

interface AfterGrant {
  readonly isStillRecalled: boolean;
  readonly exceptions: readonly OpenException[] | null;
}

/** A credential was granted anew: where nothing of his is recalled any more, no station has to see to him. The driver is locked. */
export async function settleRecalls(
  { tx, at }: Pick<Change, 'tx' | 'at'>,
  driverId: string,
  areaCode: string,
): Promise<readonly NewEvent[]> {
  const { isStillRecalled, exceptions } = await tx.one<AfterGrant>(readAfterGrant, [driverId, at]);
  if (isStillRecalled || !exceptions) return [];
  const about = { subject: `driver/${driverId}`, areaCode, visitId: null, runId: null, carrierId: null } as const;
  const settled = settle(about, exceptions, ({ code }) => code === 'driver_recalled', 'credential_granted', at);
  for (const exception of settled.exceptions) writeExceptionChange(tx, exception);
  return settled.events;
}

const readAfterGrant = `
  SELECT EXISTS (
      SELECT FROM station.credentials r WHERE r.driver_id = $1 AND r.recalled_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM station.credentials g WHERE g.driver_id = $1 AND g.credential = r.credential AND g.recalled_at IS NULL
          AND g.valid_until > to_timestamp($2::double precision / 1000))) AS "isStillRecalled",
    ${openExceptions(`= 'driver/' || $1`)} AS exceptions`;
