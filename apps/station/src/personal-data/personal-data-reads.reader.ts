import { Injectable } from '@nestjs/common';
import { type Page, pageOf, type PageQuery } from '@yizhan/http';
import { Problem, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { PersonalDataReadResponse } from './personal-data.dto.js';

interface ReadRow {
  readonly read_no: number;
  readonly caller: string;
  readonly fields: readonly string[];
  readonly read_at: number;
}

/** Who has looked at a person's data, the newest first. */
@Injectable()
export class PersonalDataReads {
  constructor(private readonly database: Database) {}

  async list(personId: string, query: PageQuery): Promise<Page<PersonalDataReadResponse>> {
    const [after] = query.afterKeys(1) ?? [];
    const rows = await this.database.rows<ReadRow>(readReads, [personId, numberOf(after), query.limit + 1]);
    return pageOf(
      rows,
      query.limit,
      ({ read_no }) => [String(read_no)],
      ({ caller, fields, read_at }) => ({ caller, what: fields.join(', '), readAt: toIso(read_at) }),
    );
  }
}

function numberOf(key: string | undefined): number | null {
  if (key === undefined) return null;
  if (/^\d{1,15}$/.test(key)) return Number(key);
  throw new Problem('invalid', 'REQUEST.BAD_CURSOR', '`after` is no `next` of a page of this list', { field: 'after' });
}

const readReads = `
  SELECT read_no, caller, fields, read_at FROM station.personal_data_reads
  WHERE person_id = $1 AND ($2::bigint IS NULL OR read_no < $2) ORDER BY read_no DESC LIMIT $3`;
