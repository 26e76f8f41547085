import {
  CentreAccount,
  Code,
  Codes,
  Flag,
  Instant,
  Lines,
  ListOf,
  Nested,
  OneOf,
  PageQuery,
  Text,
  Uuid,
  WholeNumber,
} from '@yizhan/http';
import type { CaseOutcome } from '@yizhan/contracts';
import { alertLevels } from '../alerts/alert-rule.js';
import { caseCauses, caseOutcomes, caseStates, caseSteps } from './case.js';

const most = 2000;
const listed = ['open', 'closed'] as const;
const dones = ['open', 'overdue', ...caseSteps] as const;

/** Which cases. */
export class CasesQuery extends PageQuery {
  @Code({ optional: true, description: 'those about an area, and those that it has to act on' })
  readonly areaCode?: string;

  @Code({ optional: true })
  readonly stationCode?: string;

  @OneOf(listed, { optional: true, description: 'all unless given' })
  readonly state?: (typeof listed)[number];

  @Code({ optional: true, description: 'who has to act', example: 'command_centre:zhang' })
  readonly ownerId?: string;
}

export class OpenCaseRequest {
  @Code({ description: 'the area whose alert or exception it is' })
  readonly areaCode: string;

  @Uuid({ optional: true, description: 'the alert, or else the exception' })
  readonly alertId?: string;

  @Uuid({ optional: true })
  readonly exceptionId?: string;

  @Code({ optional: true, description: 'the area that has to act; the same one unless given' })
  readonly ownerAreaCode?: string;

  @CentreAccount({ optional: true, description: 'subject of the token of who of it', example: 'command_centre:zhang' })
  readonly ownerId?: string;

  @Instant({
    optional: true,
    description: 'in 2 h for what is critical, in 8 h for a warning, in 4 h for an exception unless given',
  })
  readonly dueAt?: string;

  @Lines({ optional: true, maxLength: most, description: 'kept encrypted, and in no event' })
  readonly note?: string;
}

export class HandOverCaseRequest {
  @Code({ description: 'the area that has to act from now on' })
  readonly toAreaCode: string;

  @CentreAccount({ optional: true, description: 'subject of the token of who of it' })
  readonly toId?: string;

  @Instant({ optional: true, description: 'as before unless given: handing over gains no time' })
  readonly dueAt?: string;

  @Lines({ optional: true, maxLength: most })
  readonly note?: string;
}

export class MoveCaseDueRequest {
  @Instant()
  readonly dueAt: string;

  @Lines({ maxLength: most, description: 'why' })
  readonly note: string;
}

export class NoteCaseRequest {
  @Lines({ maxLength: most, description: 'what was done or found out; kept encrypted, and in no event' })
  readonly note: string;
}

export class CloseCaseRequest {
  @OneOf(caseOutcomes)
  readonly outcome: CaseOutcome;

  @Lines({ optional: true, maxLength: most })
  readonly note?: string;
}

/** An alert or exception that is somebody's until it has come out. */
export class AreaCaseResponse {
  @Uuid()
  readonly caseId: string;

  @Code({ description: 'the area that it is about' })
  readonly areaCode: string;

  @Code({ description: 'the area that has to act' })
  readonly ownerAreaCode: string;

  @Code({ optional: true, description: 'who of it; absent where it is anybody’s' })
  readonly ownerId?: string;

  @OneOf(caseStates)
  readonly state: string;

  @OneOf(caseCauses)
  readonly cause: string;

  @Text({ description: 'of each cause one case is open at most', example: 'alert/long_dwell/jindong' })
  readonly causeKey: string;

  @Uuid({ description: 'of the alert or exception that it was opened for' })
  readonly causeId: string;

  @Flag({ description: 'whether the alert still stands, or the exception is still open' })
  readonly causeStands: boolean;

  @Code({ description: 'the rule of the alert, or the code of the exception' })
  readonly code: string;

  @Text({ free: true, description: 'the licence that an alert is about; else empty' })
  readonly label: string;

  @Text({ free: true, description: 'empty for what is of the whole area' })
  readonly stationCode: string;

  @OneOf(alertLevels, { optional: true, description: 'of the alert, as long as it stands' })
  readonly level?: string;

  @Codes({ description: 'what the alert is about now, the worst first, such as `visit/<id>`' })
  readonly subjects: readonly string[];

  @Instant()
  readonly openedAt: string;

  @Code()
  readonly openedBy: string;

  @Instant({ description: 'until when it is to be closed' })
  readonly dueAt: string;

  @Flag({ description: 'it was to be closed before now' })
  readonly isOverdue: boolean;

  @Instant({ optional: true })
  readonly acceptedAt?: string;

  @Instant({ optional: true })
  readonly closedAt?: string;

  @Code({ optional: true })
  readonly closedBy?: string;

  @OneOf(caseOutcomes, { optional: true })
  readonly outcome?: string;

  @ListOf(caseSteps, { description: 'what you may do about it now' })
  readonly allowedSteps: readonly string[];
}

/** One thing that was done about a case. */
export class CaseEntryResponse {
  @WholeNumber({ min: 1 })
  readonly entryNo: number;

  @Instant()
  readonly at: string;

  @OneOf(dones)
  readonly done: string;

  @Code({ optional: true, description: 'absent where the clock did it' })
  readonly byId?: string;

  @Code({ description: 'the area that has to act since then' })
  readonly ownerAreaCode: string;

  @Code({ optional: true, description: 'who of it' })
  readonly ownerId?: string;

  @Instant({ description: 'until when, since then' })
  readonly dueAt: string;

  @OneOf(caseOutcomes, { optional: true })
  readonly outcome?: string;

  @Text({ optional: true, free: true, maxLength: most, description: 'what was written down' })
  readonly note?: string;

  @Flag({ description: 'something was written down, and its time is over' })
  readonly isNoteGone: boolean;
}

/** A case with everything that was done about it, the first first. */
export class AreaCaseInFullResponse extends AreaCaseResponse {
  @Nested(() => CaseEntryResponse, { list: true, mostItems: 10_000 })
  readonly log: readonly CaseEntryResponse[];
}
