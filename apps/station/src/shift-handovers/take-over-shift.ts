import { Injectable } from '@nestjs/common';
import { notFound } from '../cases/case-scope.js';
import { uuid } from '../cases/load-case.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { handoverColumns, type HandoverRow } from './handover-rows.js';
import { answerOfHandover, type HandoverAnswer, takeOver } from './shift-handover.js';

export interface TakeOverShiftInput {
  readonly handoverId: string;
}

/** The incoming lead signs the picture that the outgoing one has signed. */
@Injectable()
export class TakeOverShift {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { handoverId }: TakeOverShiftInput): Promise<HandoverAnswer> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const [row] = await tx.rows<HandoverRow>(lock, [uuid(handoverId)]);
      if (!row) throw notFound('handover', handoverId);
      const { at } = change;
      const { handover, event } = takeOver(row, request.caller, at);
      await tx.one(take, [row.handoverId, at, request.caller]);
      return { events: [event], answer: answerOfHandover(handover) };
    });
  }
}

const lock = `SELECT ${handoverColumns} FROM station.shift_handovers WHERE handover_id = $1 FOR UPDATE`;

const take = `
  UPDATE station.shift_handovers
  SET state = 'taken', taken_at = to_timestamp($2::double precision / 1000), incoming_id = $3, version = version + 1
  WHERE handover_id = $1 AND state = 'offered' RETURNING handover_id`;
