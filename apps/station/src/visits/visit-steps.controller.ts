import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CodeParam, CurrentRequest, instantOf, OneOf, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CaseScope } from '../cases/case-scope.js';
import { given } from '../cases/given.js';
import { CaseResponse } from '../cases/truck.dto.js';
import { CallerScope } from '../network/caller-scope.js';
import { CallVisit } from './call-visit.js';
import { CancelVisit } from './cancel-visit.js';
import { CheckTemplates } from './check-template.reader.js';
import { CheckTemplateResponse, StationChecksResponse } from './checks.dto.js';
import { CheckVisit } from './check-visit.js';
import { DepartVisit } from './depart-visit.js';
import { EndCall } from './end-call.js';
import { QueueVisit } from './queue-visit.js';
import { RetractArrival } from './retract-arrival.js';
import {
  CallVisitRequest,
  CancelVisitRequest,
  CheckVisitRequest,
  DepartVisitRequest,
  QueueVisitRequest,
} from './visits.dto.js';

export class EndCallRequest {
  @OneOf(['no_show', 'withdrawn'], {
    description: '`no_show`: to the end of the queue; `withdrawn`: it keeps its place',
  })
  readonly reason: 'no_show' | 'withdrawn';
}

/** A place in the queue, and the call out of it. */
@ApiTags('visits')
@Controller('api/v1/visits/:visitId')
@Roles('operator', 'shift_lead', 'administrator')
export class VisitQueueController {
  constructor(
    private readonly queueVisit: QueueVisit,
    private readonly callVisit: CallVisit,
    private readonly endCall: EndCall,
    private readonly scope: CaseScope,
  ) {}

  @Post('queue')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Visits.queue', summary: 'Give the truck a ticket for the queue outside, or inside' })
  @ApiOkResponse({ type: CaseResponse })
  async queue(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
    @Body() { queue, stationCode: named }: QueueVisitRequest,
  ): Promise<CaseResponse> {
    const stationCode = await this.scope.stationOfVisit(caller, visitId, named);
    return this.queueVisit.execute(request, { visitId, queue, stationCode });
  }

  @Post('call')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Visits.call', summary: 'Call the truck in, or to a bay' })
  @ApiOkResponse({ type: CaseResponse })
  async call(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
    @Body() { bayCode }: CallVisitRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireVisit(caller, visitId);
    return this.callVisit.execute(request, { visitId, ...given({ bayCode }) });
  }

  @Post('call-end')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Visits.endCall',
    summary: 'The truck that was called does not come, or is not to come',
  })
  @ApiOkResponse({ type: CaseResponse })
  async endOfCall(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
    @Body() { reason }: EndCallRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireVisit(caller, visitId);
    return this.endCall.execute(request, { visitId, reason });
  }
}

export class RetractArrivalRequest {
  @OneOf(['did_not_occur'])
  readonly reason: 'did_not_occur';
}

/** What is to be inspected. */
@ApiTags('visits')
@Controller('api/v1/visits/:visitId')
@Roles('operator', 'shift_lead', 'administrator')
export class CheckTemplatesController {
  constructor(
    private readonly templates: CheckTemplates,
    private readonly scope: CaseScope,
  ) {}

  @Get('checks')
  @ApiOperation({
    operationId: 'Visits.readCheckTemplate',
    summary: 'Read what has to be inspected, by the policy in force',
  })
  @ApiOkResponse({ type: CheckTemplateResponse })
  async template(
    @CurrentCaller() caller: Caller,
    @UuidParam('visitId') visitId: string,
  ): Promise<CheckTemplateResponse> {
    await this.scope.requireVisit(caller, visitId);
    return this.templates.ofVisit(visitId);
  }
}

/** What is to be inspected of whatever truck comes. */
@ApiTags('network')
@Controller('api/v1/stations/:stationCode/checks')
@Roles('operator', 'shift_lead', 'administrator')
export class StationChecksController {
  constructor(
    private readonly templates: CheckTemplates,
    private readonly scope: CallerScope,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'Stations.readChecks',
    summary: 'Read what has to be inspected in each direction: for a device that has to go without the service',
  })
  @ApiOkResponse({ type: StationChecksResponse })
  async ofStation(
    @CurrentCaller() caller: Caller,
    @CodeParam('stationCode') stationCode: string,
  ): Promise<StationChecksResponse> {
    await this.scope.requireStation(caller, stationCode);
    return this.templates.ofStation(stationCode);
  }
}

/** The check, and the ways in which a visit ends. */
@ApiTags('visits')
@Controller('api/v1/visits/:visitId')
@Roles('operator', 'shift_lead', 'administrator')
export class VisitStepsController {
  constructor(
    private readonly checkVisit: CheckVisit,
    private readonly departVisit: DepartVisit,
    private readonly cancelVisit: CancelVisit,
    private readonly retractArrival: RetractArrival,
    private readonly scope: CaseScope,
  ) {}

  @Post('checks')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Visits.check',
    summary: 'Record an inspection; once passed, a driver is asked for where one is needed',
  })
  @ApiOkResponse({ type: CaseResponse })
  async check(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
    @Body() { ...body }: CheckVisitRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireVisit(caller, visitId);
    return this.checkVisit.execute(request, { visitId, ...body });
  }

  @Post('departure')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Visits.depart', summary: 'The truck leaves through the gate' })
  @ApiOkResponse({ type: CaseResponse })
  async depart(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
    @Body() { dueBackAt, ...body }: DepartVisitRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireVisit(caller, visitId);
    return this.departVisit.execute(request, { visitId, ...body, ...given({ dueBackAt: instantOf(dueBackAt) }) });
  }

  @Post('cancellation')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Visits.cancel', summary: 'The announced truck does not come' })
  @ApiOkResponse({ type: CaseResponse })
  async cancel(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
    @Body() { reason }: CancelVisitRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireVisit(caller, visitId);
    return this.cancelVisit.execute(request, { visitId, reason });
  }

  @Post('retraction')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Visits.retractArrival',
    summary: 'Take back an arrival that was typed for the wrong truck, before anything depends on it',
  })
  @ApiOkResponse({ type: CaseResponse })
  async retract(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('visitId') visitId: string,
    @Body() { reason }: RetractArrivalRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireVisit(caller, visitId);
    return this.retractArrival.execute(request, { visitId, reason });
  }
}
