import type { Party } from '@yizhan/contracts';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CodeParam, CurrentRequest, instantOf, OwnRows, type Page } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { CaseScope } from '../cases/case-scope.js';
import { given } from '../cases/given.js';
import { MoveCustody } from './move-custody.js';
import { CustodyResponse, MoveCustodyRequest, TruckResponse, TrucksQuery } from './trucks.dto.js';
import { Trucks } from './trucks.reader.js';

@ApiTags('trucks')
@Controller('api/v1/trucks')
@OwnRows()
@Roles('operator', 'shift_lead', 'carrier', 'command_centre', 'administrator')
export class TrucksController {
  constructor(
    private readonly moveCustody: MoveCustody,
    private readonly trucks: Trucks,
    private readonly scope: CaseScope,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List trucks and who answers for each' })
  @ApiPage(TruckResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: TrucksQuery): Promise<Page<TruckResponse>> {
    return this.trucks.list(caller, query);
  }

  @Get(':plate')
  @ApiOperation({ summary: 'Read one truck and who answers for it' })
  @ApiOkResponse({ type: TruckResponse })
  read(@CurrentCaller() caller: Caller, @CodeParam('plate') plate: string): Promise<TruckResponse> {
    return this.trucks.read(caller, plate);
  }

  @Post(':plate/custody')
  @HttpCode(200)
  @Roles('operator', 'shift_lead', 'enterprise', 'administrator')
  @ApiOperation({
    operationId: 'Trucks.moveCustody',
    summary: 'Park a truck, take it up again, replace an absent driver, or begin inside',
  })
  @ApiOkResponse({ type: CustodyResponse })
  async move(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('plate') plate: string,
    @Body() { run, ...body }: MoveCustodyRequest,
  ): Promise<CustodyResponse> {
    await this.#require(caller, plate, body.from);
    const begins = run && { runId: run.runId, ...given({ dueBackAt: instantOf(run.dueBackAt) }) };
    const asks = caller.role === 'enterprise' ? caller.role : 'staff';
    return this.moveCustody.execute(request, { plate, ...body, ...given({ run: begins }), asks });
  }

  /** An enterprise gives away what it holds itself. */
  async #require(caller: Caller, plate: string, from: Party): Promise<void> {
    if (caller.role !== 'enterprise') {
      return this.scope.requireTruck(caller, plate, from.kind === 'enterprise' ? from.id : undefined);
    }
    if (from.kind !== 'enterprise' || !caller.isEnterprise(from.id)) {
      throw new Problem(
        'forbidden',
        'IDENTITY.NOT_YOUR_TRUCK',
        'an enterprise gives away the trucks that it answers for',
      );
    }
  }
}
