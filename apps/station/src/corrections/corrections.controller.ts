import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest, OwnRows, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { CaseScope } from '../cases/case-scope.js';
import { isUuid } from '../cases/load-case.js';
import { CallerScope } from '../network/caller-scope.js';
import { Visits } from '../visits/visits.reader.js';
import { CorrectEvent } from './correct-event.js';
import { CorrectEventRequest, CorrectionAnswer, CorrectionResponse, RetractEventRequest } from './corrections.dto.js';
import { correctionsIn } from './corrections.reader.js';
import { RetractEvent } from './retract-event.js';

/** What was recorded and should not have been, or otherwise: by new events, never by a change of an old one. */
@ApiTags('corrections')
@Controller('api/v1/corrections')
@Roles('operator', 'shift_lead', 'administrator')
export class CorrectionsController {
  constructor(
    private readonly retractEvent: RetractEvent,
    private readonly correctEvent: CorrectEvent,
    private readonly cases: CaseScope,
    private readonly areas: CallerScope,
  ) {}

  @Post('retractions')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take back an event that did not occur, while nothing depends on it' })
  @ApiOkResponse({ type: CorrectionAnswer })
  async retract(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() { subjectKind, subjectId, eventId }: RetractEventRequest,
  ): Promise<CorrectionAnswer> {
    await this.#require(caller, { subjectKind, subjectId });
    return this.retractEvent.execute(request, { subjectKind, subjectId, eventId });
  }

  @Post('replacements')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put right what an event says wrongly, by another one that stands for it' })
  @ApiOkResponse({ type: CorrectionAnswer })
  async correct(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() { subjectKind, subjectId, eventId, data }: CorrectEventRequest,
  ): Promise<CorrectionAnswer> {
    await this.#require(caller, { subjectKind, subjectId });
    return this.correctEvent.execute(request, { subjectKind, subjectId, eventId, data });
  }

  /** Who may act for what the event is about. */
  async #require(
    caller: Caller,
    { subjectKind, subjectId }: Pick<RetractEventRequest, 'subjectKind' | 'subjectId'>,
  ): Promise<void> {
    switch (subjectKind) {
      case 'visit':
        requireUuid(subjectId);
        return this.cases.requireVisit(caller, subjectId);
      case 'run':
        requireUuid(subjectId);
        return this.cases.requireRun(caller, subjectId);
      case 'driver':
        requireLead(caller);
        return this.areas.requireDriver(caller, subjectId);
      case 'truck':
        return this.cases.requireTruck(caller, subjectId, undefined);
    }
  }
}

/** What was corrected of a visit. */
@ApiTags('corrections')
@Controller('api/v1/visits/:visitId/corrections')
@OwnRows()
@Roles('operator', 'shift_lead', 'carrier', 'command_centre', 'administrator')
export class VisitCorrectionsController {
  constructor(private readonly visits: Visits) {}

  @Get()
  @ApiOperation({
    operationId: 'Visits.listCorrections',
    summary: 'What was corrected of a visit, by whom, and what it said before and after',
  })
  @ApiOkResponse({ type: CorrectionResponse, isArray: true })
  async list(@CurrentCaller() caller: Caller, @UuidParam('visitId') visitId: string): Promise<CorrectionResponse[]> {
    return correctionsIn(await this.visits.history(caller, visitId));
  }
}

/** What drivers hold, and when they are there, is the shift lead's to keep. */
function requireLead({ role }: Caller): void {
  if (role !== 'operator') return;
  throw new Problem(
    'forbidden',
    'CORRECTION.NEEDS_SHIFT_LEAD',
    'only a shift lead may correct what is recorded of drivers',
  );
}

function requireUuid(subjectId: string): void {
  if (isUuid(subjectId)) return;
  throw new Problem('invalid', 'REQUEST.INVALID', 'subjectId must be a UUID', { field: 'subjectId' });
}
