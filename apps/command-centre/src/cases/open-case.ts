import { Injectable } from '@nestjs/common';
import { Outbox } from '@yizhan/event-log';
import type { ChangeRequest } from '@yizhan/http';
import { Clock, Ids, Problem } from '@yizhan/kernel';
import { Database, type Transaction } from '@yizhan/persistence';
import type { AlertLevel } from '../alerts/alert-rule.js';
import { askedBefore, unlessAsked } from './asked-before.js';
import { type Case, dueAt, usualTime } from './case.js';
import { CaseNotes, type SealedNote } from './case-notes.js';
import { insertCase, readAlertOfCase, readExceptionOfCase, readOpenOfCause } from './cases.sql.js';
import { requireArea } from './require-area.js';
import { causeOf, eventsOf, writeEntry } from './write-case.js';

/** What a case is opened for, and whose it is from the beginning. */
export interface OpenCaseInput {
  readonly areaCode: string;
  readonly alertId?: string;
  readonly exceptionId?: string;
  /** The area that has to act; `areaCode` unless given. */
  readonly ownerAreaCode?: string;
  /** Subject of the token of who of it. */
  readonly ownerId?: string;
  /** Epoch milliseconds; by `usualTime` unless given. */
  readonly dueAt?: number;
  readonly note?: string;
}

type CauseFound = Pick<Case, 'cause' | 'causeKey' | 'causeId' | 'code' | 'label' | 'stationCode'> & {
  readonly weight: AlertLevel | 'exception';
};

/** Makes an alert or exception somebody's until it has come out: one open case for each cause. */
@Injectable()
export class OpenCase {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly notes: CaseNotes,
  ) {}

  /**
   * @returns the id of the case. @throws Problem `CASE.ONE_CAUSE`, `CASE.NO_ALERT`, `CASE.NO_EXCEPTION`, `CASE.CAUSE_GONE`,
   * `CASE.NO_SUCH_AREA`, `CASE.DUE_IN_THE_PAST`; `CASE.ALREADY_OPEN` with `caseId`, where somebody else was first.
   */
  async execute(request: ChangeRequest, input: OpenCaseInput): Promise<string> {
    const caseId = this.ids.uuid(`case ${request.caller}|${request.key}`, this.clock.now());
    const note = input.note === undefined ? undefined : await this.notes.seal(caseId, input.note);
    return unlessAsked(() => this.database.transaction((tx) => this.#open(tx, request, input, { caseId, note })));
  }

  async #open(
    tx: Transaction,
    request: ChangeRequest,
    input: OpenCaseInput,
    { caseId, note }: { readonly caseId: string; readonly note: SealedNote | undefined },
  ): Promise<string> {
    const hash = this.notes.keptDigest(request.hash);
    const known = await askedBefore(tx, { ...request, hash });
    if (known !== undefined) return known;
    const { areaCode, ownerAreaCode = areaCode, ownerId = null } = input;
    if (ownerAreaCode !== areaCode) await requireArea(tx, ownerAreaCode);
    const { weight, ...cause } = await causeFor(tx, input);
    const at = this.clock.now();
    const due = dueAt(input.dueAt ?? at + usualTime[weight], at);
    const opened: Case = {
      ...cause,
      ...due,
      caseId,
      areaCode,
      ownerAreaCode,
      ownerId,
      openedAt: at,
      openedBy: request.caller,
      acceptedAt: null,
      closedAt: null,
      closedBy: null,
      outcome: null,
      version: 1,
    };
    if (!(await insert(tx, opened))) return this.#other(tx, { ...request, hash }, opened);
    const entry = { done: 'open', at, byId: request.caller, note, request: { key: request.key, hash } } as const;
    await writeEntry(tx, opened, entry);
    this.outbox.append(tx, causeOf(request), eventsOf(opened, opened, entry));
    return caseId;
  }

  /** Somebody has opened a case for the cause: this very request, or another one. */
  async #other(tx: Transaction, request: ChangeRequest, { areaCode, causeKey }: Case): Promise<string> {
    const known = await askedBefore(tx, request);
    if (known !== undefined) return known;
    const [open] = await tx.rows<Case>(readOpenOfCause, [areaCode, causeKey]);
    const by = open ? `${open.openedBy} has opened a case for it already` : 'there was a case for it until just now';
    throw new Problem('conflict', 'CASE.ALREADY_OPEN', by, open && { caseId: open.caseId });
  }
}

async function insert(tx: Transaction, opened: Case): Promise<boolean> {
  const { caseId, areaCode, ownerAreaCode, ownerId, cause, causeKey, causeId, code, label, stationCode } = opened;
  const names = [caseId, areaCode, ownerAreaCode, ownerId, cause, causeKey, causeId, code, label, stationCode];
  const [mine] = await tx.rows(insertCase, [...names, opened.openedAt, opened.openedBy, opened.dueAt]);
  return mine !== undefined;
}

async function causeFor(tx: Transaction, { areaCode, alertId, exceptionId }: OpenCaseInput): Promise<CauseFound> {
  if ((alertId === undefined) === (exceptionId === undefined)) {
    const message = 'name the alert or the exception that it is about, and not both';
    throw new Problem('invalid', 'CASE.ONE_CAUSE', message, { field: 'alertId' });
  }
  if (alertId !== undefined) return ofAlert(tx, areaCode, alertId);
  return ofException(tx, areaCode, String(exceptionId));
}

interface AlertFound {
  readonly key: string;
  readonly rule: string;
  readonly label: string;
  readonly level: AlertLevel;
  readonly stationCode: string;
  readonly resolvedAt: number | null;
}

async function ofAlert(tx: Transaction, areaCode: string, causeId: string): Promise<CauseFound> {
  const [alert] = await tx.rows<AlertFound>(readAlertOfCase, [causeId, areaCode]);
  if (!alert) throw new Problem('not_found', 'CASE.NO_ALERT', `there is no alert ${causeId} in area ${areaCode}`);
  const { key, rule: code, label, level: weight, stationCode, resolvedAt } = alert;
  if (resolvedAt !== null) throw new Problem('illegal_state', 'CASE.CAUSE_GONE', 'the alert has ended by itself');
  return { cause: 'alert', causeKey: `alert/${key}`, causeId, code, label, stationCode, weight };
}

async function ofException(tx: Transaction, areaCode: string, causeId: string): Promise<CauseFound> {
  const [found] = await tx.rows<{ code: string; stationCode: string }>(readExceptionOfCase, [areaCode, causeId]);
  if (!found) {
    throw new Problem('not_found', 'CASE.NO_EXCEPTION', `there is no open exception ${causeId} in area ${areaCode}`);
  }
  return {
    cause: 'exception',
    causeKey: `exception/${causeId}`,
    causeId,
    ...found,
    label: '',
    weight: 'exception',
  };
}
