import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CallerScope } from '../network/caller-scope.js';
import { JoinPool, TakeBackDriver } from './change-pool.js';
import { LoanAnswerResponse, ReportedDriverRequest } from './loans.dto.js';

/** A lent driver stands at a station: its area has him from then on. */
@ApiTags('driver-loans')
@Controller('api/v1/driver-loans/:loanId')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class ReportedDriversController {
  constructor(
    private readonly joinPool: JoinPool,
    private readonly takeBackDriver: TakeBackDriver,
    private readonly scope: CallerScope,
  ) {}

  @Post('arrival')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'DriverLoans.join',
    summary: 'The driver has reported where he was lent to, without a truck: he is in that pool and in no other',
  })
  @ApiOkResponse({ type: LoanAnswerResponse })
  async join(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('loanId') loanId: string,
    @Body() { stationCode }: ReportedDriverRequest,
  ): Promise<LoanAnswerResponse> {
    // The use case sees to it that the station is one of the area that was lent him.
    await this.scope.requireStation(caller, stationCode);
    return this.joinPool.execute(request, { loanId, stationCode });
  }

  @Post('homecoming')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'DriverLoans.takeBack',
    summary: 'The driver has reported at home, without a truck: he is in the pool of his own area again',
  })
  @ApiOkResponse({ type: LoanAnswerResponse })
  async takeBack(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('loanId') loanId: string,
    @Body() { stationCode }: ReportedDriverRequest,
  ): Promise<LoanAnswerResponse> {
    await this.scope.requireStation(caller, stationCode);
    return this.takeBackDriver.execute(request, { loanId, stationCode });
  }
}
