import { Injectable } from '@nestjs/common';
import { problemDetails } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import type { Problem } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import type { LoggedRecord } from './logged-record.js';
import type { OfflineResultField } from './offline-records.dto.js';
import { OpenException } from './open-exception.js';
import { TrueNow } from './true-now.js';
import type { Subject } from './trucks-of-records.js';

export type Refusal = Pick<OfflineResultField, 'problem' | 'now' | 'exceptionId'>;

/** What is said of a record that cannot be taken: why, what is so instead, and who has been asked to look at it. */
@Injectable()
export class RefuseRecord {
  constructor(
    private readonly trueNow: TrueNow,
    private readonly openException: OpenException,
  ) {}

  async execute(
    { caller, uploadId }: { readonly caller: Caller; readonly uploadId: string },
    record: LoggedRecord,
    subject: Subject,
    problem: Problem,
  ): Promise<Refusal> {
    const exceptionId = isForAPerson(record, problem)
      ? await this.openException.execute(caller, record, subject)
      : undefined;
    const now = await this.trueNow.of(caller, subject);
    return { problem: problemDetails(problem, record.url, uploadId), now, ...given({ exceptionId }) };
  }
}

/** A fact that cannot be taken, also for want of a right signature; not what was only planned, nor what was asked wrongly or by who may not. */
function isForAPerson({ kind }: LoggedRecord, { code }: Problem): boolean {
  return !kind.isPlan && !code.startsWith('IDENTITY.') && !code.startsWith('REQUEST.');
}
