import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { UuidParam } from '@yizhan/http';
import { type Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { changeResponse } from '../answers/helpful-change-response.js';
import { requirePlace } from '../answers/require-place.js';
import { RankCandidates } from '../candidates/rank-candidates.js';
import { ExplainDecision } from './explain-decision.js';
import { WhyNotResponse } from './why-not-response.js';

/** Says why a handoff has the driver that was proposed, or why it has none. */
@Controller('api/v1/handoffs')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class WhyNotController {
  constructor(
    private readonly explainDecision: ExplainDecision,
    private readonly rankCandidates: RankCandidates,
  ) {}

  @Get(':handoffId/why-not')
  @ApiOperation({
    operationId: 'Handoffs.readWhyNot',
    summary: 'Why this handoff has no driver, and what would give it one; or why it has the one who was proposed',
  })
  @ApiOkResponse({ type: WhyNotResponse })
  async whyNot(@UuidParam('handoffId') handoffId: string, @CurrentCaller() caller: Caller): Promise<WhyNotResponse> {
    const { areaCode, ...explained } = await this.explainDecision.execute(handoffId);
    requirePlace(caller, { areaCode, ...explained });
    const changes = explained.kind === 'withheld' ? this.rankCandidates.changesFor(areaCode, handoffId) : [];
    return { ...explained, changes: changes.map(changeResponse) };
  }
}
