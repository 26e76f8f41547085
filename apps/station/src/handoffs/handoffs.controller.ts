import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Authorisation, Signature } from '@yizhan/contracts';
import { ApiPage, type ChangeRequest, CurrentRequest, instantOf, type Page, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { Pins } from '../accounts/pins.js';
import { CaseScope } from '../cases/case-scope.js';
import { given } from '../cases/given.js';
import { CaseResponse } from '../cases/truck.dto.js';
import { provePins } from '../evidence/prove-pins.js';
import { claimedSigner } from '../evidence/signer.js';
import { AbortHandoff } from './abort-handoff.js';
import { CompleteHandoff } from './complete-handoff.js';
import {
  AbortHandoffRequest,
  AuthorisationField,
  CompleteHandoffRequest,
  HandoffResponse,
  HandoffsQuery,
  SignatureField,
  StartHandoffRequest,
} from './handoffs.dto.js';
import { Handoffs } from './handoffs.reader.js';
import { StartHandoff } from './start-handoff.js';

/** What an operator says that the carrier has agreed to. */
function told({ by, carrierId, at }: AuthorisationField, { subject }: Caller): Authorisation {
  return { by, ...given({ carrierId }), at: inUtc(at), recordedById: subject };
}

/** Without the PIN that proves it. */
function signatureOf({ role, personId, signedAt, method, proof }: SignatureField): Signature {
  return { role, personId, signedAt: inUtc(signedAt), method, ...given({ proof }) };
}

/** An administrator may record what others have witnessed. */
function witnessOf({ role, subject }: Caller): string | undefined {
  return role === 'administrator' ? undefined : subject;
}

/** Instants of others as events carry them: UTC, with milliseconds. */
const inUtc = (instant: string): string => toIso(instantOf(instant));

@ApiTags('handoffs')
@Controller('api/v1/handoffs')
@Roles('operator', 'shift_lead', 'driver', 'command_centre', 'administrator')
export class HandoffsController {
  constructor(private readonly handoffs: Handoffs) {}

  @Get()
  @ApiOperation({ summary: 'List handoffs' })
  @ApiPage(HandoffResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: HandoffsQuery): Promise<Page<HandoffResponse>> {
    return this.handoffs.list(caller, query);
  }

  @Get(':handoffId')
  @ApiOperation({ summary: 'Read one handoff' })
  @ApiOkResponse({ type: HandoffResponse })
  read(@CurrentCaller() caller: Caller, @UuidParam('handoffId') handoffId: string): Promise<HandoffResponse> {
    return this.handoffs.read(caller, handoffId);
  }
}

/** The swap itself. */
@ApiTags('handoffs')
@Controller('api/v1/handoffs/:handoffId')
@Roles('operator', 'shift_lead', 'administrator')
export class SwapsController {
  constructor(
    private readonly startHandoff: StartHandoff,
    private readonly completeHandoff: CompleteHandoff,
    private readonly abortHandoff: AbortHandoff,
    private readonly pins: Pins,
    private readonly scope: CaseScope,
  ) {}

  @Post('start')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Handoffs.start', summary: 'Both drivers are at the truck in a bay' })
  @ApiOkResponse({ type: CaseResponse })
  async start(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { driverId, bayCode, authorisation }: StartHandoffRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireHandoff(caller, handoffId);
    const agreed = authorisation && told(authorisation, caller);
    return this.startHandoff.execute(request, { handoffId, bayCode, ...given({ driverId, authorisation: agreed }) });
  }

  @Post('completion')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Handoffs.complete', summary: 'Three have signed: responsibility moves' })
  @ApiOkResponse({ type: CaseResponse })
  async complete(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { overrides, ...body }: CompleteHandoffRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireHandoff(caller, handoffId);
    const signers = (body.signatures ?? []).map((signature) => claimedSigner(caller, signature));
    const signatures = body.signatures?.map((signature) => signatureOf(signature));
    const asked = overrides?.map(({ ...override }) => ({ ...override, byId: caller.subject }));
    const witnessId = witnessOf(caller);
    const completion = { ...body, handoffId, ...given({ signatures, overrides: asked, witnessId }) };
    return this.completeHandoff.execute(request, completion, (tx) => provePins(tx, this.pins, signers));
  }

  @Post('abortion')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Handoffs.abort',
    summary: 'This try ends without a swap; the truck is checked again before the next',
  })
  @ApiOkResponse({ type: CaseResponse })
  async abort(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { ...body }: AbortHandoffRequest,
  ): Promise<CaseResponse> {
    await this.scope.requireHandoff(caller, handoffId);
    return this.abortHandoff.execute(request, { handoffId, ...body });
  }
}
