import { Injectable } from '@nestjs/common';
import { type Page, pageOf, type PageQuery } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { notFound } from '../cases/case-scope.js';
import { uuid } from '../cases/load-case.js';
import { CallerScope } from '../network/caller-scope.js';
import { handoverColumns, type HandoverRow } from './handover-rows.js';
import { answerOfHandover, type HandoverAnswer, type ShiftHandover } from './shift-handover.js';

/** Sign-offs as they are shown. */
@Injectable()
export class ShiftHandovers {
  constructor(
    private readonly database: Database,
    private readonly scope: CallerScope,
  ) {}

  /** The newest first. */
  async list(stationCode: string, query: PageQuery): Promise<Page<HandoverAnswer>> {
    const [before = String(Number.MAX_SAFE_INTEGER)] = query.afterKeys(1) ?? [];
    if (!/^\d{1,16}$/.test(before)) {
      throw new Problem('invalid', 'REQUEST.BAD_CURSOR', '`after` is no `next` of a page of this list', {
        field: 'after',
      });
    }
    const asked = Math.min(Number(before), 253_402_300_799_000);
    const rows = await this.database.rows<HandoverRow>(readPage, [stationCode, asked, query.limit + 1]);
    return pageOf(rows, query.limit, ({ offeredAt }) => [String(offeredAt)], answerOfHandover);
  }

  /** @throws Problem `not_found`, or `forbidden`. */
  async read(caller: Caller, handoverId: string): Promise<ShiftHandover> {
    const [row] = await this.database.rows<HandoverRow>(readOne, [uuid(handoverId)]);
    if (!row) throw notFound('handover', handoverId);
    await this.scope.requireStation(caller, row.stationCode);
    return row;
  }
}

const readPage = `
  SELECT ${handoverColumns} FROM station.shift_handovers
  WHERE station_code = $1 AND offered_at < to_timestamp($2::double precision / 1000) ORDER BY offered_at DESC LIMIT $3`;

const readOne = `SELECT ${handoverColumns} FROM station.shift_handovers WHERE handover_id = $1`;
