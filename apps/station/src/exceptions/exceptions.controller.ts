import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CurrentRequest, type Page, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { given } from '../cases/given.js';
import { AcknowledgeException } from './acknowledge-exception.js';
import { AssignException } from './assign-exception.js';
import {
  AssignExceptionRequest,
  ExceptionAnswerResponse,
  ExceptionResponse,
  ExceptionsQuery,
  NoteExceptionRequest,
  ResolveExceptionRequest,
} from './exceptions.dto.js';
import { Exceptions } from './exceptions.reader.js';
import { NoteException } from './note-exception.js';
import { ResolveException } from './resolve-exception.js';

/** What has left the normal path: whose it is, by when, and what is done about it. */
@ApiTags('exceptions')
@Controller('api/v1/exceptions')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class ExceptionsController {
  constructor(private readonly exceptions: Exceptions) {}

  @Get()
  @ApiOperation({ summary: 'List exceptions of the areas that the token reaches' })
  @ApiPage(ExceptionResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: ExceptionsQuery): Promise<Page<ExceptionResponse>> {
    return this.exceptions.list(caller, query);
  }

  @Get(':exceptionId')
  @ApiOperation({ summary: 'Read one exception, with what may be done next' })
  @ApiOkResponse({ type: ExceptionResponse })
  read(@CurrentCaller() caller: Caller, @UuidParam('exceptionId') exceptionId: string): Promise<ExceptionResponse> {
    return this.exceptions.read(caller, exceptionId);
  }
}

/** What a person does about one: those who work at its station, and the command centre of its area. */
@ApiTags('exceptions')
@Controller('api/v1/exceptions/:exceptionId')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class ExceptionDeedsController {
  constructor(
    private readonly acknowledgeException: AcknowledgeException,
    private readonly assignException: AssignException,
    private readonly noteException: NoteException,
    private readonly resolveException: ResolveException,
    private readonly exceptions: Exceptions,
  ) {}

  @Post('acknowledgement')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Exceptions.acknowledge',
    summary: 'Say that you are at it: the time of the level begins once more',
  })
  @ApiOkResponse({ type: ExceptionAnswerResponse })
  async acknowledge(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('exceptionId') exceptionId: string,
  ): Promise<ExceptionAnswerResponse> {
    await this.exceptions.requireOwner(caller, exceptionId);
    return this.acknowledgeException.execute(request, { exceptionId, byId: caller.subject });
  }

  @Post('assignment')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Exceptions.assign', summary: 'Hand it over to another owner, whose time begins' })
  @ApiOkResponse({ type: ExceptionAnswerResponse })
  async assign(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('exceptionId') exceptionId: string,
    @Body() { role, stationCode, personId }: AssignExceptionRequest,
  ): Promise<ExceptionAnswerResponse> {
    await this.exceptions.requireOwner(caller, exceptionId);
    const to = { role, ...given({ stationCode, personId }) };
    return this.assignException.execute(request, { ...to, exceptionId, byId: caller.subject });
  }

  @Post('notes')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Exceptions.note', summary: 'Record, as a code, what was done about it or found out' })
  @ApiOkResponse({ type: ExceptionAnswerResponse })
  async note(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('exceptionId') exceptionId: string,
    @Body() { note }: NoteExceptionRequest,
  ): Promise<ExceptionAnswerResponse> {
    await this.exceptions.requireOwner(caller, exceptionId);
    return this.noteException.execute(request, { exceptionId, note, byId: caller.subject });
  }

  @Post('resolution')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Exceptions.resolve', summary: 'End it, saying how' })
  @ApiOkResponse({ type: ExceptionAnswerResponse })
  async resolve(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('exceptionId') exceptionId: string,
    @Body() { resolution }: ResolveExceptionRequest,
  ): Promise<ExceptionAnswerResponse> {
    await this.exceptions.requireOwner(caller, exceptionId);
    return this.resolveException.execute(request, { exceptionId, resolution, byId: caller.subject });
  }
}
