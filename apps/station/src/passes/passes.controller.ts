import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiPage,
  type ChangeRequest,
  CodeParam,
  CurrentRequest,
  instantOf,
  OwnRows,
  type Page,
  UuidParam,
} from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { CaseScope } from '../cases/case-scope.js';
import { given } from '../cases/given.js';
import { AmendPass } from './amend-pass.js';
import { GrantAmendment } from './grant-amendment.js';
import { IssuePass } from './issue-pass.js';
import {
  AmendmentResponse,
  AmendmentsQuery,
  AmendPassRequest,
  GrantAmendmentRequest,
  IssuePassRequest,
  PassesQuery,
  PassResponse,
  PassStateResponse,
  RevokePassRequest,
} from './passes.dto.js';
import { Passes } from './passes.reader.js';
import { RevokePass } from './revoke-pass.js';

@ApiTags('passes')
@Controller('api/v1/passes')
@OwnRows()
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class PassesController {
  constructor(private readonly passes: Passes) {}

  @Get()
  @Roles('operator', 'shift_lead', 'carrier', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'List passes; a carrier those of its own trucks' })
  @ApiPage(PassResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: PassesQuery): Promise<Page<PassResponse>> {
    return this.passes.list(caller, query);
  }

  @Get('amendment-requests')
  @ApiOperation({
    operationId: 'Passes.listAmendmentRequests',
    summary: 'List assignments whose drivers no pass of the truck covers: they cannot start',
  })
  @ApiPage(AmendmentResponse)
  amendments(@CurrentCaller() caller: Caller, @Query() query: AmendmentsQuery): Promise<Page<AmendmentResponse>> {
    return this.passes.amendments(caller, query);
  }

  @Get(':passId')
  @Roles('operator', 'shift_lead', 'carrier', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'Read one pass' })
  @ApiOkResponse({ type: PassResponse })
  read(@CurrentCaller() caller: Caller, @CodeParam('passId') passId: string): Promise<PassResponse> {
    return this.passes.read(caller, passId);
  }
}

/** What the authority does that issues passes. */
@ApiTags('passes')
@Controller('api/v1/passes')
@Roles('command_centre', 'administrator')
export class PassStepsController {
  constructor(
    private readonly issuePass: IssuePass,
    private readonly amendPass: AmendPass,
    private readonly revokePass: RevokePass,
    private readonly passes: Passes,
  ) {}

  @Post()
  @ApiOperation({ operationId: 'Passes.issue', summary: 'Issue a pass: one truck, one route, named drivers or a pool' })
  @ApiCreatedResponse({ type: PassStateResponse })
  issue(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() { validFrom, validUntil, ...body }: IssuePassRequest,
  ): Promise<PassStateResponse> {
    caller.requireArea(body.areaCode);
    const validity = given({ validFrom: instantOf(validFrom), validUntil: instantOf(validUntil) });
    return this.issuePass.execute(request, { ...body, ...validity });
  }

  @Post(':passId/amendments')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Passes.amend',
    summary: 'Name other drivers, or change the route or the end of a pass',
  })
  @ApiOkResponse({ type: PassStateResponse })
  async amend(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('passId') passId: string,
    @Body() { validUntil, ...body }: AmendPassRequest,
  ): Promise<PassStateResponse> {
    caller.requireArea(await this.passes.areaOf(passId));
    const ends = validUntil === undefined ? {} : { validUntil: validUntil === null ? null : instantOf(validUntil) };
    return this.amendPass.execute(request, { passId, ...body, ...ends });
  }

  @Post(':passId/revocation')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Passes.revoke', summary: 'End a pass' })
  @ApiOkResponse({ type: PassStateResponse })
  async revoke(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('passId') passId: string,
    @Body() { reason }: RevokePassRequest,
  ): Promise<PassStateResponse> {
    caller.requireArea(await this.passes.areaOf(passId));
    return this.revokePass.execute(request, { passId, reason });
  }
}

/** What an assignment asks of that authority. */
@ApiTags('passes')
@Controller('api/v1/passes/amendment-requests/:handoffId')
@Roles('command_centre', 'administrator')
export class AmendmentsController {
  constructor(
    private readonly grantAmendment: GrantAmendment,
    private readonly scope: CaseScope,
  ) {}

  @Post('grant')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Passes.grantAmendment',
    summary: 'Put the assigned driver on the truck’s pass, or issue one for him',
  })
  @ApiOkResponse({ type: PassStateResponse })
  async grant(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { validUntil, ...body }: GrantAmendmentRequest,
  ): Promise<PassStateResponse> {
    await this.scope.requireAreaOfHandoff(caller, handoffId);
    return this.grantAmendment.execute(request, {
      handoffId,
      ...body,
      ...given({ validUntil: instantOf(validUntil) }),
    });
  }
}
