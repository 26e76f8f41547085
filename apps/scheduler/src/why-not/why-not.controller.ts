import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { UuidParam } from '@yizhan/http';
import { type Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { ExplainDecision } from './explain-decision.js';
import { WhyNotResponse } from './why-not-response.js';

/** Says why a handoff has the driver that was proposed, or why it has none. */
@Controller('api/v1/handoffs')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class WhyNotController {
  constructor(private readonly explainDecision: ExplainDecision) {}

  @Get(':handoffId/why-not')
  @ApiOperation({
    operationId: 'Handoffs.readWhyNot',
    summary: 'Why this handoff has no driver, or why it has the one who was proposed: the newest decision',
  })
  @ApiOkResponse({ type: WhyNotResponse })
  async whyNot(@UuidParam('handoffId') handoffId: string, @CurrentCaller() caller: Caller): Promise<WhyNotResponse> {
    const { areaCode, ...explained } = await this.explainDecision.execute(handoffId);
    if (caller.maySeeStation(explained.stationCode)) return explained;
    if (caller.role === 'command_centre') caller.requireArea(areaCode);
    else caller.requireStation(explained.stationCode);
    return explained;
  }
}
