import { Injectable } from '@nestjs/common';
import { codePattern } from '@yizhan/http';
import { Database } from '@yizhan/persistence';
import { isUuid, uuid } from '../cases/load-case.js';
import type { LoggedRecord } from './logged-record.js';
import type { Named } from './offline-kinds.js';

/** What a record is about: records of the same subject depend on one another. */
export interface Subject {
  readonly name: string;
  readonly plate?: string;
  readonly visitId?: string;
}

type Ties = Readonly<Partial<Record<'plate' | 'visitId', string>>>;

/** Which truck each record of an upload is about; of what is not known yet, by what the upload itself says that it makes. */
@Injectable()
export class TrucksOfRecords {
  constructor(private readonly database: Database) {}

  /** In the order of the records. */
  async of(records: readonly LoggedRecord[]): Promise<Subject[]> {
    const made = new Map<string, Ties>();
    const subjects: Subject[] = [];
    for (const record of records) {
      const subject = await this.#subject(record, made);
      for (const [name, ties] of madeBy(record, subject)) made.set(name, ties);
      subjects.push(subject);
    }
    return subjects;
  }

  async #subject({ kind, id, body }: LoggedRecord, made: ReadonlyMap<string, Ties>): Promise<Subject> {
    if (kind.of !== undefined) return this.#named(kind.of, id, made);
    const [of, subjectId] = correctedIn(body) ?? [];
    return of === undefined || subjectId === undefined ? ofArrival(body) : this.#named(of, subjectId, made);
  }

  async #named(of: Named, id: string, made: ReadonlyMap<string, Ties>): Promise<Subject> {
    if (of === 'truck') return named(id, undefined);
    if (of === 'driver') return { name: `driver/${id}` };
    const ties = (await this.#stored(of, id)) ?? made.get(`${of}/${id}`);
    return ties?.plate === undefined ? { name: `${of}/${id}` } : named(ties.plate, ties.visitId);
  }

  async #stored(of: 'visit' | 'handoff' | 'run', id: string): Promise<Ties | undefined> {
    const [row] = await this.database.rows<Ties>(tiesOf[of], [uuid(id)]);
    return row;
  }
}

/** What the event is about that is taken back; nobody has looked at the body yet. */
function correctedIn(body: LoggedRecord['body']): [of: Named, id: string] | undefined {
  const kind = textIn(body, 'subjectKind');
  const id = textIn(body, 'subjectId') ?? '';
  if ((kind === 'visit' || kind === 'run') && isUuid(id)) return [kind, id.toLowerCase()];
  return (kind === 'truck' || kind === 'driver') && codePattern.test(id) ? [kind, id] : undefined;
}

/** Nobody has looked at the body yet: what is no plate and no id names nothing. */
function ofArrival(body: LoggedRecord['body']): Subject {
  // Who is taken in has come with a truck.
  const plate = textIn(partOf(body, 'truck'), 'plate') ?? textIn(body, 'plate') ?? '';
  const visitId = textIn(body, 'visitId') ?? '';
  if (!codePattern.test(plate)) return { name: 'truck/' };
  return named(plate, isUuid(visitId) ? visitId : undefined);
}

function named(plate: string, visitId: string | undefined): Subject {
  return { name: `truck/${plate}`, plate, ...(visitId === undefined ? {} : { visitId }) };
}

/** What later records can name once this one is done. */
function madeBy({ body, id }: LoggedRecord, { plate, visitId }: Subject): [name: string, ties: Ties][] {
  if (plate === undefined) return [];
  const names: readonly (readonly [Named, string | undefined])[] = [
    ['visit', visitId ?? id],
    ['handoff', textIn(body, 'handoffId')],
    ['run', textIn(body, 'runId') ?? textIn(partOf(body, 'run'), 'runId')],
  ];
  return names.flatMap(([of, made]) =>
    made ? [[`${of}/${made.toLowerCase()}`, { plate, ...(visitId ? { visitId } : {}) }] as [string, Ties]] : [],
  );
}

function textIn(body: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const value = body[field];
  return typeof value === 'string' ? value : undefined;
}

function partOf(body: Readonly<Record<string, unknown>>, field: string): Readonly<Record<string, unknown>> {
  const value = body[field];
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

const tiesOf = {
  visit: 'SELECT v.plate, v.visit_id AS "visitId" FROM station.visits v WHERE v.visit_id = $1',
  handoff: `SELECT v.plate, v.visit_id AS "visitId" FROM station.handoffs h
    JOIN station.visits v ON v.visit_id = h.visit_id WHERE h.handoff_id = $1`,
  run: 'SELECT r.plate FROM station.runs r WHERE r.run_id = $1',
};
