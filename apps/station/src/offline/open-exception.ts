import { Injectable } from '@nestjs/common';
import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { aboutVisit } from '../cases/about.js';
import { CaseScope } from '../cases/case-scope.js';
import { raise } from '../exceptions/raising.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { LoggedRecord } from './logged-record.js';
import { TrueNow } from './true-now.js';
import type { Subject } from './trucks-of-records.js';

/** The exception that asks a person to look at what a tablet has told and could not be taken. */
export function askForAPerson({ visit, exceptions, place }: TruckCase, now: Now): Decision<string | undefined> {
  const open = exceptions.find(
    ({ code, subject }) => code === 'offline_refused' && subject === `visit/${visit.visitId}`,
  );
  const raised = raise(aboutVisit(visit), exceptions, 'offline_refused', now, place.rules);
  const [opened] = raised.exceptions.flatMap((change) => ('opened' in change ? [change.opened] : []));
  return { ...raised, answer: (opened ?? open)?.exceptionId };
}

/** It asks the same whatever the record says: a record that was mended has another digest. */
const askedOfAPerson = 'offline_refused';

/** A fact that is refused is never dropped in silence. */
@Injectable()
export class OpenException {
  constructor(
    private readonly cases: TruckCases,
    private readonly scope: CaseScope,
    private readonly trueNow: TrueNow,
  ) {}

  /** @returns its id; undefined where no visit can carry it, or the caller may not act for that visit. */
  async execute(caller: Caller, { requestId }: LoggedRecord, subject: Subject): Promise<string | undefined> {
    for (const visitId of await this.#visits(subject)) {
      if (!(await this.#mayActFor(caller, visitId))) continue;
      const request = { key: `refused/${requestId}`, caller: caller.subject, hash: askedOfAPerson };
      const exceptionId = await this.cases.change(request, this.cases.ofVisit(visitId), askForAPerson);
      // What was never is stored as null.
      return exceptionId ?? undefined;
    }
    return undefined;
  }

  async #visits({ plate, visitId }: Subject): Promise<string[]> {
    const open = plate === undefined ? undefined : await this.trueNow.openVisitOf(plate);
    return [...new Set([visitId, open])].filter((id) => id !== undefined);
  }

  async #mayActFor(caller: Caller, visitId: string): Promise<boolean> {
    try {
      await this.scope.requireVisit(caller, visitId);
      return true;
    } catch (error) {
      if (error instanceof Problem && (error.kind === 'not_found' || error.kind === 'forbidden')) return false;
      throw error;
    }
  }
}
