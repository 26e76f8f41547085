import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest, instantOf, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem, toIso } from '@yizhan/kernel';
import { Pins } from '../accounts/pins.js';
import { CaseScope } from '../cases/case-scope.js';
import { given } from '../cases/given.js';
import { invalid } from '../cases/problems.js';
import { CaseResponse } from '../cases/truck.dto.js';
import { ApproveOverride } from './approve-override.js';
import { AuthoriseHandoff } from './authorise-handoff.js';
import {
  ApprovedResponse,
  ApproveOverrideRequest,
  AuthoriseHandoffRequest,
  RecordEvidenceRequest,
  SignedResponse,
  SignHandoffRequest,
} from './evidence.dto.js';
import { RecordEvidence } from './record-evidence.js';
import { SignHandoff } from './sign-handoff.js';
import { provePins } from './prove-pins.js';
import { signerOf } from './signer.js';

/** Who gives the truck away, who takes it over, and who witnesses it, each for himself. */
@ApiTags('handoffs')
@Controller('api/v1/handoffs/:handoffId')
@Roles('driver', 'operator', 'shift_lead', 'administrator')
export class SignaturesController {
  constructor(
    private readonly signHandoff: SignHandoff,
    private readonly pins: Pins,
    private readonly scope: CaseScope,
  ) {}

  @Post('signatures')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Handoffs.sign', summary: 'One of the three signs in the bay, for himself' })
  @ApiOkResponse({ type: SignedResponse })
  async sign(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { proof, ...stated }: SignHandoffRequest,
  ): Promise<SignedResponse> {
    await this.scope.requirePartOf(caller, handoffId);
    const { pin, ...signer } = signerOf(caller, stated);
    return this.signHandoff.execute(request, { handoffId, ...signer, ...given({ proof }) }, (tx) =>
      provePins(tx, this.pins, [{ ...signer, ...given({ pin }) }]),
    );
  }
}

/** What comes together on a handoff before its completion, each from who has it. */
@ApiTags('handoffs')
@Controller('api/v1/handoffs/:handoffId')
export class EvidenceController {
  constructor(
    private readonly recordEvidence: RecordEvidence,
    private readonly authoriseHandoff: AuthoriseHandoff,
    private readonly approveOverride: ApproveOverride,
    private readonly scope: CaseScope,
  ) {}

  @Post('evidence')
  @Roles('driver', 'operator', 'shift_lead', 'administrator')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Handoffs.recordEvidence',
    summary: 'Keep what is handed over and seen, as it comes; a driver adds photos and reservations',
  })
  @ApiOkResponse({ type: CaseResponse })
  async record(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { ...said }: RecordEvidenceRequest,
  ): Promise<CaseResponse> {
    await this.scope.requirePartOf(caller, handoffId);
    const { photos, reservations, overrides, ...others } = said;
    const theirs = Object.keys(given({ ...others, overrides }));
    if (caller.role === 'driver' && theirs.length > 0) {
      const message = 'a driver adds photos and reservations; the operator takes down the rest';
      throw new Problem('forbidden', 'EVIDENCE.OF_THE_OPERATOR', message, { fields: theirs });
    }
    const asked = overrides?.map(({ ...override }) => ({ ...override, byId: caller.subject }));
    const seen = given({ photos, reservations, overrides: asked });
    return this.recordEvidence.execute(request, { handoffId, ...others, ...seen });
  }

  @Post('authorisation')
  @Roles('carrier', 'operator', 'shift_lead', 'administrator')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Handoffs.authorise',
    summary: 'The carrier agrees to the handoff: itself, or to the operator who takes it down',
  })
  @ApiOkResponse({ type: CaseResponse })
  async authorise(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { by, carrierId, at }: AuthoriseHandoffRequest,
  ): Promise<CaseResponse> {
    if (caller.role === 'carrier') {
      await this.scope.requireOwnTruck(caller, handoffId);
      const own = { by: caller.subject, ...given({ carrierId: caller.carrierId }) };
      return this.authoriseHandoff.execute(request, { handoffId, authorisation: own });
    }
    await this.scope.requireHandoff(caller, handoffId);
    if (by === undefined) throw invalid('HANDOFF.NOT_AUTHORISED', 'say who of the carrier agrees', { field: 'by' });
    const told = { by, recordedById: caller.subject, ...given({ carrierId, at: at && toIso(instantOf(at)) }) };
    return this.authoriseHandoff.execute(request, { handoffId, authorisation: told });
  }

  @Post('override-approvals')
  @Roles('shift_lead', 'administrator')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Handoffs.approveOverride',
    summary: 'A second person agrees that a rule is overridden, within a quarter of an hour',
  })
  @ApiOkResponse({ type: ApprovedResponse })
  async approve(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() { ...asked }: ApproveOverrideRequest,
  ): Promise<ApprovedResponse> {
    await this.scope.requireHandoff(caller, handoffId);
    return this.approveOverride.execute(request, { handoffId, ...asked, byId: caller.subject });
  }
}
