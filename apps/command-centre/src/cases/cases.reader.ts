import { Injectable } from '@nestjs/common';
import { type Page, pageOf, uuidPattern } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Clock, parseInstant, Problem, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { type Case, stateOf, stepsOf } from './case.js';
import { CaseNotes } from './case-notes.js';
import { partyOf, seenBy } from './case-party.js';
import type { CaseEntryResponse, AreaCaseInFullResponse, AreaCaseResponse, CasesQuery } from './cases.dto.js';
import { listCases, readEntries, readShown } from './cases.sql.js';
import type { CaseDone } from './write-case.js';

interface ShownRow extends Case {
  readonly causeStands: boolean;
  readonly level: string | null;
  readonly subjects: readonly string[];
}

type Seen = ReturnType<typeof seenBy>;

interface EntryRow {
  readonly entryNo: number;
  readonly at: number;
  readonly what: CaseDone;
  readonly byId: string | null;
  readonly ownerAreaCode: string;
  readonly ownerId: string | null;
  readonly dueAt: number;
  readonly outcome: string | null;
  readonly noteSealed: Buffer | null;
}

/** Cases that somebody may see: of his areas, or about his stations. */
@Injectable()
export class Cases {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly notes: CaseNotes,
  ) {}

  /** The newest first. */
  async list(caller: Caller, query: CasesQuery): Promise<Page<AreaCaseResponse>> {
    const { areaCode, stationCode, state, ownerId, limit } = query;
    const { areas, stations } = seenBy(caller);
    const filter = [areaCode ?? null, stationCode ?? null, ownerId ?? null];
    const rows = await this.database.rows<ShownRow>(listCases(state ?? 'all'), [
      areas,
      stations,
      ...filter,
      ...cursorOf(query),
      limit + 1,
    ]);
    const now = this.clock.now();
    return pageOf(
      rows,
      limit,
      (row) => [toIso(row.openedAt), row.caseId],
      (row) => shown(row, caller, now),
    );
  }

  /** With its log. @throws Problem `CASE.NOT_FOUND` also for what is not the caller's to see. */
  one(caller: Caller, caseId: string): Promise<AreaCaseInFullResponse> {
    return this.#read(caller, caseId, seenBy(caller));
  }

  /** The same for who has just taken a step of it, also where he has given it to somebody else. */
  afterStep(caller: Caller, caseId: string): Promise<AreaCaseInFullResponse> {
    return this.#read(caller, caseId, { areas: null, stations: null });
  }

  async #read(caller: Caller, caseId: string, { areas, stations }: Seen): Promise<AreaCaseInFullResponse> {
    const [row] = await this.database.rows<ShownRow>(readShown, [areas, stations, caseId]);
    if (!row) throw new Problem('not_found', 'CASE.NOT_FOUND', `there is no case ${caseId} that you may see`);
    return { ...shown(row, caller, this.clock.now()), log: await this.#logOf(caseId) };
  }

  async #logOf(caseId: string): Promise<CaseEntryResponse[]> {
    const rows = await this.database.rows<EntryRow>(readEntries, [caseId]);
    const sealed = rows.flatMap(({ noteSealed }) =>
      noteSealed === null || noteSealed.length === 0 ? [] : [noteSealed],
    );
    const texts = (await this.notes.open(caseId, sealed)) ?? [];
    const textOf = new Map(sealed.map((note, index) => [note, texts[index]]));
    return rows.map(({ entryNo, at, what, byId, ownerAreaCode, ownerId, dueAt, outcome, noteSealed }) => {
      const note = noteSealed === null ? undefined : textOf.get(noteSealed);
      return {
        entryNo,
        at: toIso(at),
        done: what,
        ...(byId !== null && { byId }),
        ownerAreaCode,
        ...(ownerId !== null && { ownerId }),
        dueAt: toIso(dueAt),
        ...(outcome !== null && { outcome }),
        ...(note !== undefined && { note }),
        isNoteGone: noteSealed !== null && note === undefined,
      };
    });
  }
}

function cursorOf(query: CasesQuery): readonly [number | null, string | null] {
  const keys = query.afterKeys(2);
  if (keys === undefined) return [null, null];
  const [at = '', caseId = ''] = keys;
  const openedAt = parseInstant(at);
  if (openedAt !== undefined && uuidPattern.test(caseId)) return [openedAt, caseId];
  throw new Problem('invalid', 'REQUEST.BAD_CURSOR', '`after` is no `next` of a page of this list', { field: 'after' });
}

/** A case as somebody sees it at an instant, epoch milliseconds. */
function shown(row: ShownRow, caller: Caller, now: number): Pick<AreaCaseResponse, keyof AreaCaseResponse> {
  const { caseId, areaCode, ownerAreaCode, ownerId, cause, causeKey, causeId, causeStands, code, label } = row;
  const { stationCode, level, subjects, openedAt, openedBy, dueAt, acceptedAt, closedAt, closedBy, outcome } = row;
  return {
    caseId,
    areaCode,
    ownerAreaCode,
    ...(ownerId !== null && { ownerId }),
    state: stateOf(row),
    cause,
    causeKey,
    causeId,
    causeStands,
    code,
    label,
    stationCode,
    ...(level !== null && { level }),
    subjects,
    openedAt: toIso(openedAt),
    openedBy,
    dueAt: toIso(dueAt),
    isOverdue: closedAt === null && dueAt <= now,
    ...(acceptedAt !== null && { acceptedAt: toIso(acceptedAt) }),
    ...(closedAt !== null && { closedAt: toIso(closedAt) }),
    ...(closedBy !== null && { closedBy }),
    ...(outcome !== null && { outcome }),
    allowedSteps: stepsOf(row, partyOf(caller, row)),
  };
}
