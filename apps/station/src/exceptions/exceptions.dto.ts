import { Code, Instant, ListOf, OneOf, PageQuery, Uuid, WholeNumber } from '@yizhan/http';
import { exceptionCodes, type ExceptionRole, exceptionRoles } from '@yizhan/policy';
import type { ExceptionDeed, ExceptionState } from './exception.js';

const states = ['open', 'resolved'] as const satisfies readonly ExceptionState[];
const deeds = ['acknowledge', 'assign', 'note', 'resolve'] as const satisfies readonly ExceptionDeed[];
const codes = Object.keys(exceptionCodes);

export class ExceptionsQuery extends PageQuery {
  @OneOf(states, { optional: true })
  readonly state?: ExceptionState;

  @Code({ optional: true })
  readonly areaCode?: string;

  @Code({ optional: true, description: 'where it is dealt with' })
  readonly stationCode?: string;

  @Code({ optional: true, description: 'the station that has to act, or the area' })
  readonly owner?: string;

  @OneOf(exceptionRoles, { optional: true, description: 'who of the owner has to act' })
  readonly role?: ExceptionRole;

  @OneOf(codes, { optional: true })
  readonly code?: string;

  @Uuid({ optional: true })
  readonly visitId?: string;

  @Instant({ optional: true, description: 'older than: opened before this instant' })
  readonly openedBefore?: string;

  @Instant({ optional: true, description: 'was to be dealt with before this instant' })
  readonly dueBefore?: string;
}

export class AssignExceptionRequest {
  @OneOf(exceptionRoles, { description: 'who of the new owner has to act' })
  readonly role: ExceptionRole;

  @Code({ optional: true, description: 'the station that deals with it from now on; as before where it is not given' })
  readonly stationCode?: string;

  @Code({ optional: true, description: 'subject of the token of who has to act', example: 'operator:lin' })
  readonly personId?: string;
}

export class ResolveExceptionRequest {
  @Code({ description: 'how it ended: a code, never free text', example: 'driver_called_in' })
  readonly resolution: string;
}

export class NoteExceptionRequest {
  @Code({ description: 'a code, never free text', example: 'carrier_told' })
  readonly note: string;
}

export class ExceptionAnswerResponse {
  @Uuid()
  readonly exceptionId: string;

  @OneOf(codes)
  readonly code: string;

  @OneOf(states)
  readonly state: string;

  @Code({ description: 'the station that has to act, or the area where it is the command centre’s' })
  readonly owner: string;

  @WholeNumber({ max: 2, description: '0 an operator, 1 the shift lead, 2 the command centre' })
  readonly level: number;

  @ListOf(deeds)
  readonly allowedSteps: readonly string[];
}

export class ExceptionResponse extends ExceptionAnswerResponse {
  @Code()
  readonly areaCode: string;

  @Code({ optional: true, description: 'where it is dealt with; absent where only the area can' })
  readonly stationCode?: string;

  @OneOf(exceptionRoles, { description: 'who of the owner has to act' })
  readonly role: ExceptionRole;

  @Code({ optional: true, description: 'who of the owner has to act, where it is a certain one' })
  readonly personId?: string;

  @Uuid({ optional: true })
  readonly visitId?: string;

  @Uuid({ optional: true })
  readonly runId?: string;

  @Code({ optional: true })
  readonly driverId?: string;

  @Instant()
  readonly openedAt: string;

  @Instant({ optional: true, description: 'then it is the next one’s, where there is one' })
  readonly dueAt?: string;

  @Instant({ optional: true })
  readonly acknowledgedAt?: string;

  @Code({ optional: true })
  readonly acknowledgedBy?: string;

  @Instant({ optional: true })
  readonly resolvedAt?: string;

  @Code({ optional: true, description: 'absent where its cause was gone' })
  readonly resolvedBy?: string;

  @Code({ optional: true })
  readonly resolution?: string;
}
