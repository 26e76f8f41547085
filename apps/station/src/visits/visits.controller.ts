import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { YizhanEvent } from '@yizhan/contracts';
import {
  ApiPage,
  type ChangeRequest,
  CurrentRequest,
  EventDocument,
  instantOf,
  OwnRows,
  type Page,
  UuidParam,
} from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import { CaseResponse } from '../cases/truck.dto.js';
import { AnnounceVisit } from './announce-visit.js';
import { RegisterArrival } from './register-arrival.js';
import { AnnounceVisitRequest, RegisterArrivalRequest, VisitResponse, VisitsQuery } from './visits.dto.js';
import { Visits } from './visits.reader.js';

@ApiTags('visits')
@Controller('api/v1/visits')
@OwnRows()
@Roles('operator', 'shift_lead', 'carrier', 'command_centre', 'administrator')
export class VisitsController {
  constructor(
    private readonly announceVisit: AnnounceVisit,
    private readonly registerArrival: RegisterArrival,
    private readonly visits: Visits,
  ) {}

  @Post('announcements')
  @Roles('operator', 'shift_lead', 'carrier', 'enterprise', 'administrator')
  @ApiOperation({ summary: 'Say that a truck will come; an enterprise says it of its own consignments, in or out' })
  @ApiCreatedResponse({ type: CaseResponse })
  announce(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() { expectedAt, dueAt, ...body }: AnnounceVisitRequest,
  ): Promise<CaseResponse> {
    requireAnnouncer(caller, body);
    const input = { ...body, expectedAt: instantOf(expectedAt), ...given({ dueAt: instantOf(dueAt) }) };
    return this.announceVisit.execute(request, input);
  }

  @Post()
  @Roles('operator', 'shift_lead', 'administrator')
  @ApiOperation({ summary: 'A truck comes in through the gate' })
  @ApiCreatedResponse({ type: CaseResponse })
  arrive(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() { dueAt, ...body }: RegisterArrivalRequest,
  ): Promise<CaseResponse> {
    caller.requireStation(body.stationCode);
    return this.registerArrival.execute(request, { ...body, ...given({ dueAt: instantOf(dueAt) }) });
  }

  @Get()
  @Roles('operator', 'shift_lead', 'carrier', 'enterprise', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'List visits, with what may be done next; an enterprise those with its own consignments' })
  @ApiPage(VisitResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: VisitsQuery): Promise<Page<VisitResponse>> {
    return this.visits.list(caller, query);
  }

  @Get(':visitId')
  @Roles('operator', 'shift_lead', 'carrier', 'enterprise', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'Read one visit, with what may be done next' })
  @ApiOkResponse({ type: VisitResponse })
  read(@CurrentCaller() caller: Caller, @UuidParam('visitId') visitId: string): Promise<VisitResponse> {
    return this.visits.read(caller, visitId);
  }

  @Get(':visitId/history')
  @ApiOperation({ operationId: 'Visits.readHistory', summary: 'Every event of a visit, in order' })
  @ApiOkResponse({ type: EventDocument, isArray: true })
  history(@CurrentCaller() caller: Caller, @UuidParam('visitId') visitId: string): Promise<readonly YizhanEvent[]> {
    return this.visits.history(caller, visitId);
  }
}

/** Staff announce for their stations, carriers their own trucks, enterprises trucks with nothing but their own consignments. */
function requireAnnouncer(
  caller: Caller,
  { stationCode, carrierId, consignments }: Pick<AnnounceVisitRequest, 'stationCode' | 'carrierId' | 'consignments'>,
): void {
  if (caller.role === 'carrier') {
    if (caller.maySeeCarrier(carrierId)) return;
    throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_TRUCK', 'a carrier announces its own trucks');
  }
  if (caller.role !== 'enterprise') return caller.requireStation(stationCode);
  if (consignments.length > 0 && consignments.every(({ enterpriseId }) => caller.isEnterprise(enterpriseId))) return;
  const message = 'an enterprise announces trucks that bring or take its own consignments, and those alone';
  throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_CONSIGNMENT', message);
}
