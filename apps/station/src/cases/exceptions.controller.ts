import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, Code, Instant, OneOf, type Page, PageQuery, Uuid } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Database } from '@yizhan/persistence';
import { CallerScope } from '../network/caller-scope.js';
import { listRows } from '../network/list-rows.js';
import { ExceptionRow } from './exception.entity.js';
import { given } from './given.js';
import { isoFields } from './iso-fields.js';
import { assertUuidCursor } from './uuid-cursor.js';

const states = ['open', 'resolved'] as const;

export class ExceptionsQuery extends PageQuery {
  @OneOf(states, { optional: true })
  readonly state?: (typeof states)[number];

  @Code({ optional: true })
  readonly owner?: string;

  @Code({ optional: true })
  readonly code?: string;
}

export class ExceptionResponse {
  @Uuid()
  readonly exceptionId: string;

  @Code()
  readonly areaCode: string;

  @Code({ example: 'seal_mismatch' })
  readonly code: string;

  @Code({ description: 'the station that has to act, or the area' })
  readonly owner: string;

  @OneOf(states)
  readonly state: (typeof states)[number];

  @Uuid({ optional: true })
  readonly visitId?: string;

  @Uuid({ optional: true })
  readonly runId?: string;

  @Instant()
  readonly openedAt: string;

  @Instant({ optional: true })
  readonly resolvedAt?: string;

  @Code({ optional: true })
  readonly resolution?: string;
}

/** What has left the normal path. */
@ApiTags('exceptions')
@Controller('api/v1/exceptions')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class ExceptionsController {
  constructor(
    private readonly database: Database,
    private readonly scope: CallerScope,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List exceptions' })
  @ApiPage(ExceptionResponse)
  async list(@CurrentCaller() caller: Caller, @Query() query: ExceptionsQuery): Promise<Page<ExceptionResponse>> {
    assertUuidCursor(query);
    const { state, owner, code } = query;
    const areaCode = await this.scope.areasOf(caller);
    return listRows(this.database, query, {
      of: ExceptionRow,
      keys: ['exceptionId'],
      where: { state, owner, code, areaCode },
      item: exceptionResponse,
    });
  }
}

function exceptionResponse(row: ExceptionRow): ExceptionResponse {
  const { exceptionId, areaCode, code, owner, state, visitId, runId, resolution, openedAt, resolvedAt } = row;
  return {
    exceptionId,
    areaCode,
    code,
    owner,
    state,
    ...given({ visitId, runId, resolution }),
    ...isoFields({ resolvedAt }),
    openedAt: isoFields({ openedAt }).openedAt ?? '',
  };
}
