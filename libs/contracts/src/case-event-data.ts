import type { Code, Instant, Sha256, Uuid } from './scalars.js';
import type { CaseOutcome } from './values.js';

interface CaseFacts {
  readonly caseId: Uuid;
  /** The area whose alert or exception it is about. */
  readonly areaCode: Code;
  /** The area that has to act. */
  readonly ownerAreaCode: Code;
  /** Who of it, as the subject of a token, such as `command_centre:zhang`; absent where it is anybody's. */
  readonly ownerId?: Code;
  /** The station that it is about; absent where it is of the whole area. */
  readonly stationCode?: Code;
  /** Until when it is to be closed. */
  readonly dueAt: Instant;
}

/** What a person does about a case. */
interface CaseDeed extends CaseFacts {
  /** Subject of his token. */
  readonly byId: Code;
}

interface MayBeNoted {
  /** Of what was written down, with 16 random bytes before it. */
  readonly noteHash?: Sha256;
}

/**
 * What is told of cases (一事一协调). Each is written for every area that it concerns: whose alert or exception it is about, who has
 * to act, and who had to until then.
 */
export interface CaseEventData {
  /** `causeId` is the id of the alert or exception that it was opened for, `code` the rule of the one or the code of the other. */
  'case.opened': CaseDeed & MayBeNoted & { cause: 'alert' | 'exception'; causeId: Uuid; code: Code };
  /** `ownerId`, who is `byId`, is at it from now on. */
  'case.accepted': CaseDeed;
  /** By `fromAreaCode`, which had to act until now. It is to be accepted anew. */
  'case.handed_over': CaseDeed & MayBeNoted & { fromAreaCode: Code };
  'case.due_moved': CaseDeed & MayBeNoted & { dueBeforeAt: Instant };
  /** `noteHash`: of what was written down, with 16 random bytes before it. */
  'case.noted': CaseDeed & { noteHash: Sha256 };
  /** It was not closed by `dueAt`. */
  'case.overdue': CaseFacts;
  'case.closed': CaseDeed & MayBeNoted & { outcome: CaseOutcome };
}
