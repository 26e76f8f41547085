import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { AcceptLoan } from './accept-loan.js';
import { BeginReturn } from './begin-return.js';
import { EndLoan } from './end-loan.js';
import { LoanAnswerResponse } from './loans.dto.js';
import { Loans } from './loans.reader.js';

/** What the two command centres settle between them. */
@ApiTags('driver-loans')
@Controller('api/v1/driver-loans/:loanId')
@Roles('command_centre', 'administrator')
export class LoanStepsController {
  constructor(
    private readonly acceptLoan: AcceptLoan,
    private readonly endLoan: EndLoan,
    private readonly beginReturn: BeginReturn,
    private readonly loans: Loans,
  ) {}

  @Post('acceptance')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'DriverLoans.accept',
    summary: 'The area that was offered the driver wants him; he gets nothing new where he is',
  })
  @ApiOkResponse({ type: LoanAnswerResponse })
  async accept(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('loanId') loanId: string,
  ): Promise<LoanAnswerResponse> {
    await this.loans.requireArea(caller, loanId, 'toAreaCode');
    return this.acceptLoan.execute(request, { loanId });
  }

  @Post('decline')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'DriverLoans.decline',
    summary: 'The area that was offered the driver does not want him',
  })
  @ApiOkResponse({ type: LoanAnswerResponse })
  async decline(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('loanId') loanId: string,
  ): Promise<LoanAnswerResponse> {
    await this.loans.requireArea(caller, loanId, 'toAreaCode');
    return this.endLoan.execute(request, { loanId, step: 'decline' });
  }

  @Post('withdrawal')
  @HttpCode(200)
  @ApiOperation({ operationId: 'DriverLoans.withdraw', summary: 'The area takes its offer back before it is accepted' })
  @ApiOkResponse({ type: LoanAnswerResponse })
  async withdraw(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('loanId') loanId: string,
  ): Promise<LoanAnswerResponse> {
    await this.loans.requireArea(caller, loanId, 'fromAreaCode');
    return this.endLoan.execute(request, { loanId, step: 'withdraw' });
  }

  @Post('calling-off')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'DriverLoans.callOff',
    summary: 'Either area calls the loan off before the driver has reported: he stays',
  })
  @ApiOkResponse({ type: LoanAnswerResponse })
  async callOff(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('loanId') loanId: string,
  ): Promise<LoanAnswerResponse> {
    await this.loans.requireArea(caller, loanId, 'either');
    return this.endLoan.execute(request, { loanId, step: 'call_off' });
  }

  @Post('return')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'DriverLoans.beginReturn',
    summary: 'Either area ends the loan: he finishes what he has, gets nothing new, and goes back',
  })
  @ApiOkResponse({ type: LoanAnswerResponse })
  async giveBack(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('loanId') loanId: string,
  ): Promise<LoanAnswerResponse> {
    await this.loans.requireArea(caller, loanId, 'either');
    return this.beginReturn.execute(request, { loanId });
  }
}
