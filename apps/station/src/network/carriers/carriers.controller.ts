import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPage,
  type ChangeRequest,
  CodeParam,
  CurrentRequest,
  OwnRows,
  type Page,
  PageQuery,
  PersonCode,
  Text,
} from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { listRows } from '../list-rows.js';
import { CarrierRow } from '../network.entities.js';
import { readRow } from '../read-row.js';
import { RegisterCarrier } from './register-carrier.js';

export class RegisterCarrierRequest {
  @PersonCode()
  readonly carrierId: string;

  @Text()
  readonly name: string;
}

export class CarrierResponse extends RegisterCarrierRequest {}

/** Carriers never see one another: the list is for those who run the stations. */
@ApiTags('network')
@Controller('api/v1/carriers')
@OwnRows()
@Roles('command_centre', 'administrator')
export class CarriersController {
  constructor(
    private readonly registerCarrier: RegisterCarrier,
    private readonly database: Database,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Register a carrier' })
  @ApiCreatedResponse({ type: CarrierResponse })
  register(@CurrentRequest() request: ChangeRequest, @Body() body: RegisterCarrierRequest): Promise<CarrierResponse> {
    return this.registerCarrier.execute(request, body);
  }

  @Get()
  @Roles('operator', 'shift_lead', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'List carriers' })
  @ApiPage(CarrierResponse)
  list(@Query() query: PageQuery): Promise<Page<CarrierResponse>> {
    return listRows(this.database, query, { of: CarrierRow, keys: ['carrierId'], item: (row) => row });
  }

  @Get(':carrierId')
  @Roles('operator', 'shift_lead', 'carrier', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'Read one carrier; a carrier reads itself' })
  @ApiOkResponse({ type: CarrierResponse })
  read(@CurrentCaller() caller: Caller, @CodeParam('carrierId') carrierId: string): Promise<CarrierResponse> {
    if (!caller.maySeeCarrier(carrierId))
      throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_CARRIER', 'a carrier reads itself alone', { carrierId });
    return readRow(this.database, CarrierRow, 'carrier', { carrierId });
  }
}
