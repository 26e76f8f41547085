import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CurrentRequest, instantOf, type Page, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { given } from '../cases/given.js';
import { LoanAnswerResponse, LoanResponse, LoansQuery, OfferDriverRequest } from './loans.dto.js';
import { Loans } from './loans.reader.js';
import { OfferDriver } from './offer-driver.js';

/** Relay drivers whom one area lends another (运力统筹). */
@ApiTags('driver-loans')
@Controller('api/v1/driver-loans')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class LoansController {
  constructor(
    private readonly offerDriver: OfferDriver,
    private readonly loans: Loans,
  ) {}

  @Post()
  @Roles('command_centre', 'administrator')
  @ApiOperation({
    operationId: 'DriverLoans.offer',
    summary: 'Offer another area a relay driver; he works on where he is until it has him',
  })
  @ApiCreatedResponse({ type: LoanAnswerResponse })
  offer(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() { expiresAt, ...offer }: OfferDriverRequest,
  ): Promise<LoanAnswerResponse> {
    caller.requireArea(offer.fromAreaCode);
    return this.offerDriver.execute(request, { ...offer, ...given({ expiresAt: instantOf(expiresAt) }) });
  }

  @Get()
  @ApiOperation({
    operationId: 'DriverLoans.list',
    summary: 'List the loans of your areas, those lent and those borrowed',
  })
  @ApiPage(LoanResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: LoansQuery): Promise<Page<LoanResponse>> {
    return this.loans.list(caller, query);
  }

  @Get(':loanId')
  @ApiOperation({ operationId: 'DriverLoans.read', summary: 'Read one loan' })
  @ApiOkResponse({ type: LoanResponse })
  read(@CurrentCaller() caller: Caller, @UuidParam('loanId') loanId: string): Promise<LoanResponse> {
    return this.loans.read(caller, loanId);
  }
}
