import { type Cause, type NewEvent, newEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { areasOf, type Case, type CaseStepName } from './case.js';
import type { SealedNote } from './case-notes.js';
import { insertEntry } from './cases.sql.js';

/** What an entry of a case's log tells of. */
export type CaseDone = CaseStepName | 'open' | 'overdue';

/** What was done, by whom and by which request; nobody where the clock did it. */
export interface CaseEntry {
  readonly done: CaseDone;
  readonly at: number;
  readonly byId: string | null;
  readonly note?: SealedNote | undefined;
  readonly request?: { readonly key: string; readonly hash: string };
}

/** Writes the entry of the log that made the case what it is. */
export async function writeEntry(tx: Transaction, after: Case, entry: CaseEntry): Promise<void> {
  const { done, at, byId, note, request } = entry;
  await tx.rows(insertEntry, [
    after.caseId,
    after.version,
    at,
    done,
    byId,
    after.ownerAreaCode,
    after.ownerId,
    after.dueAt,
    after.outcome,
    note?.sealed ?? null,
    request?.key ?? null,
    request?.hash ?? null,
  ]);
}

/** The same for every area that it concerns. */
export function eventsOf(before: Case, after: Case, entry: CaseEntry): NewEvent[] {
  return areasOf(before, after).map((areaCode) => eventOf(before, after, entry, areaCode));
}

function eventOf(before: Case, after: Case, { done, at, byId, note }: CaseEntry, areaCode: string): NewEvent {
  const { caseId, ownerAreaCode, ownerId, stationCode } = after;
  const about = { subject: `case/${caseId}`, areaCode, time: at };
  const facts = {
    caseId,
    areaCode: after.areaCode,
    ownerAreaCode,
    ...(ownerId !== null && { ownerId }),
    ...(stationCode !== '' && { stationCode }),
    dueAt: toIso(after.dueAt),
  };
  if (done === 'overdue') return newEvent({ name: 'case.overdue', ...about, data: facts });
  if (byId === null) throw new Error(`nobody has done this to case ${caseId}: ${done}`);
  const deed = { ...facts, byId, ...(note && { noteHash: note.hash }) };
  switch (done) {
    case 'open': {
      const { cause, causeId, code } = after;
      return newEvent({ name: 'case.opened', ...about, data: { ...deed, cause, causeId, code } });
    }
    case 'accept':
      return newEvent({ name: 'case.accepted', ...about, data: deed });
    case 'hand_over':
      return newEvent({ name: 'case.handed_over', ...about, data: { ...deed, fromAreaCode: before.ownerAreaCode } });
    case 'move_due':
      return newEvent({ name: 'case.due_moved', ...about, data: { ...deed, dueBeforeAt: toIso(before.dueAt) } });
    case 'note':
      if (note === undefined) throw new Error(`a note of case ${caseId} without a text`);
      return newEvent({ name: 'case.noted', ...about, data: { ...deed, noteHash: note.hash } });
    case 'close':
      if (after.outcome === null) throw new Error(`case ${caseId} is closed without an outcome`);
      return newEvent({ name: 'case.closed', ...about, data: { ...deed, outcome: after.outcome } });
  }
}

/** What the events of a request are made by. */
export const causeOf = (request: {
  readonly caller: string;
  readonly key: string;
  readonly traceparent?: string;
}): Cause => ({
  id: `${request.caller}|${request.key}`,
  causationId: request.key,
  ...(request.traceparent !== undefined && { traceparent: request.traceparent }),
});
