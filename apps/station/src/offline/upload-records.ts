import { Injectable } from '@nestjs/common';
import { instantOf, problemDetails } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Problem, toIso } from '@yizhan/kernel';
import { Changes } from '../changes/changes.js';
import { type LoggedRecord, loggedRecord } from './logged-record.js';
import type { OfflineRecordsRequest, OfflineRecordsResponse, OfflineResultField } from './offline-records.dto.js';
import { RecordOffline, type ToRecord } from './record-offline.js';
import { type Refusal, RefuseRecord } from './refuse-record.js';
import { type Subject, TrucksOfRecords } from './trucks-of-records.js';
import { type Answered, type Upload, Uploads } from './uploads.js';

type Outcome = Omit<OfflineResultField, 'requestId' | 'time'>;

interface UnderWay extends Upload {
  readonly caller: Caller;
  readonly records: readonly LoggedRecord[];
  readonly subjects: readonly Subject[];
  readonly answered: Map<string, Answered>;
  /** Subjects of which a fact was refused. */
  readonly blocked: Set<string>;
}

/** Who was first is not always who has happened first: such a refusal is worth another try. */
const worthAnotherTry = new Set(['STATE.CHANGED_MEANWHILE', 'REQUEST.ANSWERED_MEANWHILE']);
const tries = 3;

/**
 * What a tablet has logged while it was offline, record by record, each in a change of its own with its own stored answer:
 * the same upload may come again, whole or in part, also where the connection was cut half-way.
 */
@Injectable()
export class UploadRecords {
  constructor(
    private readonly changes: Changes,
    private readonly uploads: Uploads,
    private readonly trucks: TrucksOfRecords,
    private readonly recording: RecordOffline,
    private readonly refusing: RefuseRecord,
  ) {}

  /** @throws Problem `unavailable` where the upload has to come again. */
  async execute(caller: Caller, told: OfflineRecordsRequest): Promise<OfflineRecordsResponse> {
    const upload = await this.uploads.begin(caller, told);
    const { uploadId, clock } = upload;
    const records = told.records.map((one) => loggedRecord(one, clock, clock.corrected(instantOf(one.time))));
    const subjects = await this.trucks.of(records);
    const answered = new Map(upload.answered);
    const underWay: UnderWay = { ...upload, caller, records, subjects, answered, blocked: new Set() };
    const results: OfflineResultField[] = [];
    for (const [index, { requestId, at }] of records.entries()) {
      results.push({ requestId, ...(await this.#one(underWay, index)), time: toIso(at) });
    }
    const complete = results.every(({ status }) => status === 'done' || status === 'done_before');
    return { uploadId, clockOffsetMilliseconds: clock.offset, complete, results };
  }

  async #one(upload: UnderWay, index: number): Promise<Outcome> {
    const record = upload.records[index];
    const subject = upload.subjects[index];
    const { requestId } = record;
    const hash = this.changes.keptDigest(record.hash);
    try {
      const before = upload.answered.get(requestId);
      if (before && !record.kind.isPersonal) return doneBefore(before, requestId, hash);
      if (upload.blocked.has(subject.name)) return { status: 'not_tried' };
      upload.clock.assertLoggable(record.at);
      const completion = completionOf(upload, index);
      const asked: ToRecord = { record, subject, ...(completion && { completion }) };
      const answer = await tried(() => this.recording.execute(upload.caller, asked));
      upload.answered.set(requestId, { hash, answer });
      return { status: before ? 'done_before' : 'done', answer: answer as object };
    } catch (error) {
      if (!(error instanceof Problem) || isToComeAgain(error)) throw error;
      if (!record.kind.isPlan) upload.blocked.add(subject.name);
      return { status: 'refused', ...(await this.#refused(upload, record, subject, error)) };
    }
  }

  /** Where nobody could be asked to look at it, the record alone says so; sent again, it asks again. */
  async #refused(upload: UnderWay, record: LoggedRecord, subject: Subject, problem: Problem): Promise<Refusal> {
    try {
      return await tried(() => this.refusing.execute(upload, record, subject, problem));
    } catch (error) {
      if (!(error instanceof Problem) || isToComeAgain(error)) throw error;
      return { problem: problemDetails(problem, record.url, upload.uploadId) };
    }
  }
}

async function tried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === tries || !(error instanceof Problem) || !worthAnotherTry.has(error.code)) throw error;
    }
  }
}

function doneBefore(before: Answered, requestId: string, hash: string): Outcome {
  const { answer } = before;
  if (before.hash === hash) return { status: 'done_before', answer: answer as object };
  const message = `the key ${requestId} was used for another request`;
  throw new Problem('invalid', 'REQUEST.KEY_REUSED', message);
}

/** The end of the swap that a record begins, where it is the next that the upload says of that handoff. */
function completionOf({ records, answered, clock }: UnderWay, index: number): LoggedRecord | undefined {
  const start = records[index];
  if (!start.kind.route.endsWith('/start')) return undefined;
  const end = records.slice(index + 1).find(({ kind, id }) => kind.of === 'handoff' && id === start.id);
  if (!end?.kind.route.endsWith('/completion') || answered.has(end.requestId) || end.at < start.at) return undefined;
  return clock.isLoggable(end.at) ? end : undefined;
}

/** Of what is taken back, and has been recorded a moment ago. */
const notLoggedYet = new Set(['VISIT.ARRIVAL_NOT_LOGGED', 'RECORD.NOT_LOGGED']);

/** Nothing is wrong with the record: the whole upload comes again. */
function isToComeAgain({ kind, code }: Problem): boolean {
  return kind === 'unavailable' || code === 'REQUEST.UNDER_WAY' || notLoggedYet.has(code);
}
