import { Injectable } from '@nestjs/common';
import { Outbox } from '@yizhan/event-log';
import type { ChangeRequest } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Clock, Problem } from '@yizhan/kernel';
import { Database, type Transaction } from '@yizhan/persistence';
import { policyPack, retentionOf } from '@yizhan/policy';
import { askedBefore, unlessAsked } from './asked-before.js';
import { type Case, caseAfter, type CaseStep, stepsOf } from './case.js';
import { CaseNotes, type SealedNote } from './case-notes.js';
import { partyOf } from './case-party.js';
import { lockCase, readCase, updateCase } from './cases.sql.js';
import { requireArea } from './require-area.js';
import { causeOf, type CaseEntry, eventsOf, writeEntry } from './write-case.js';

export interface TakeCaseStepInput {
  readonly caseId: string;
  readonly step: CaseStep;
  readonly note?: string | undefined;
}

const day = 24 * 60 * 60 * 1000;
const { noteDays } = retentionOf(policyPack('cn-freight').rules);

/** The only way in which a person changes a case: lock, decide, guarded write, log and events in one transaction. */
@Injectable()
export class TakeCaseStep {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly notes: CaseNotes,
  ) {}

  /**
   * What comes again with the same key changes nothing. @throws Problem `CASE.NOT_FOUND` also for what is not the caller's to see,
   * `CASE.NOT_YOURS` where the step is somebody else's to take, `CASE.NO_SUCH_AREA`, and what `caseAfter` throws.
   */
  async execute(request: ChangeRequest, caller: Caller, input: TakeCaseStepInput): Promise<void> {
    const hash = this.notes.keptDigest(request.hash);
    // What was done may have given the case to somebody else: it was done all the same.
    if ((await askedBefore(this.database, { ...request, hash })) !== undefined) return;
    // Before anything is sealed: a key is made only for a case that is there, and whose notes are not forgotten.
    const [there] = await this.database.rows<Case>(readCase, [input.caseId]);
    if (!there || partyOf(caller, there) === 'nobody') throw noSuchCase(input.caseId);
    const { caseId, note: text } = input;
    const note = text === undefined || there.closedAt !== null ? undefined : await this.notes.seal(caseId, text);
    await unlessAsked(() => this.database.transaction((tx) => this.#take(tx, request, caller, input, note)));
  }

  async #take(
    tx: Transaction,
    request: ChangeRequest,
    caller: Caller,
    { caseId, step }: TakeCaseStepInput,
    note: SealedNote | undefined,
  ): Promise<void> {
    const [before] = await tx.rows<Case>(lockCase, [caseId]);
    if (!before) throw noSuchCase(caseId);
    const hash = this.notes.keptDigest(request.hash);
    if ((await askedBefore(tx, { ...request, hash })) !== undefined) return;
    requireStep(before, caller, step);
    if (step.name === 'hand_over') await requireArea(tx, step.toAreaCode);
    const at = Math.max(this.clock.now(), before.openedAt);
    const after = caseAfter(before, step, request.caller, at);
    if (after === before) return;
    await writeCase(tx, after);
    const entry: CaseEntry = { done: step.name, at, byId: request.caller, note, request: { key: request.key, hash } };
    await writeEntry(tx, after, entry);
    this.outbox.append(tx, causeOf(request), eventsOf(before, after, entry));
  }
}

/** @throws Problem `CASE.NOT_YOURS`; what its state does not allow is told by `caseAfter`. */
function requireStep(before: Case, caller: Caller, { name }: CaseStep): void {
  const party = partyOf(caller, before);
  if (before.closedAt !== null || stepsOf({ ...before, acceptedAt: null }, party).includes(name)) return;
  const message = `this is for area ${before.ownerAreaCode}, which has to act`;
  throw new Problem('forbidden', 'CASE.NOT_YOURS', message, { ownerAreaCode: before.ownerAreaCode });
}

/** Writes a case that was locked. @throws Problem `conflict` where it was not. */
export async function writeCase(tx: Transaction, after: Case): Promise<void> {
  const { caseId, version, ownerAreaCode, ownerId, acceptedAt, dueAt, overdueAt, closedAt, closedBy, outcome } = after;
  const notesUntil = closedAt === null ? null : closedAt + noteDays * day;
  const owner = [ownerAreaCode, ownerId, acceptedAt, dueAt, overdueAt];
  await tx.one(updateCase, [caseId, version, ...owner, closedAt, closedBy, outcome, notesUntil]);
}

const noSuchCase = (caseId: string): Problem =>
  new Problem('not_found', 'CASE.NOT_FOUND', `there is no case ${caseId} that you may see`);
