import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { UuidParam } from '@yizhan/http';
import { type Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { requirePlace } from '../answers/require-place.js';
import { CandidatesResponse, candidatesResponse } from './candidates-response.js';
import { RankCandidates } from './rank-candidates.js';

/** For people who name a driver themselves. */
@Controller('api/v1/handoffs')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class CandidatesController {
  constructor(private readonly rankCandidates: RankCandidates) {}

  @Get(':handoffId/candidates')
  @ApiOperation({
    operationId: 'Handoffs.readCandidates',
    summary:
      'Who may take this truck now, ranked, what each choice does to other trucks, and what keeps the others away',
  })
  @ApiOkResponse({ type: CandidatesResponse })
  async candidates(
    @UuidParam('handoffId') handoffId: string,
    @CurrentCaller() caller: Caller,
  ): Promise<CandidatesResponse> {
    const { areaCode, ...ranked } = await this.rankCandidates.execute(handoffId);
    requirePlace(caller, { areaCode, stationCode: ranked.stationCode });
    return candidatesResponse(ranked);
  }
}
