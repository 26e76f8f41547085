import { Injectable } from '@nestjs/common';
import { Changes, type StationRequest } from '../changes/changes.js';
import type { SlipKind } from './slip-facts.js';

export interface PrintSlipInput {
  readonly handoffId: string;
  readonly kind: SlipKind;
}

/** One paper of a handoff. */
export interface PrintedSlip extends PrintSlipInput {
  /** 1 is the first; all others are reprints. */
  readonly copyNo: number;
  /** Epoch milliseconds. */
  readonly printedAt: number;
}

/** A slip is printed: the copies are counted, so that each says which one it is. */
@Injectable()
export class PrintSlip {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { handoffId, kind }: PrintSlipInput): Promise<PrintedSlip> {
    return this.changes.once(request, async ({ tx, at }) => {
      await tx.rows(lockHandoff, [handoffId]);
      const { copy_no } = await tx.one<{ copy_no: number }>(countPrint, [handoffId, kind, at, request.caller]);
      return { events: [], answer: { handoffId, kind, copyNo: copy_no, printedAt: at } };
    });
  }
}

// Two printers at once are two copies.
const lockHandoff = `SELECT pg_advisory_xact_lock(hashtextextended('slip|' || $1::text, 0))`;

const countPrint = `
  INSERT INTO station.slip_prints (handoff_id, kind, copy_no, printed_at, printed_by)
  SELECT $1::uuid, $2, coalesce(max(copy_no), 0) + 1, to_timestamp($3::double precision / 1000), $4
  FROM station.slip_prints WHERE handoff_id = $1::uuid AND kind = $2
  RETURNING copy_no`;
