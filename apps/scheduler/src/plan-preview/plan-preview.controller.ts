import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { CodeParam } from '@yizhan/http';
import { type Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { PlanPreviewQuery, PlanPreviewResponse } from './plan-preview.dto.js';
import { PreviewPlan } from './preview-plan.js';

/** For who is about to publish other weights. */
@Controller('api/v1/zones')
@Roles('command_centre', 'administrator')
export class PlanPreviewController {
  constructor(private readonly previewPlan: PreviewPlan) {}

  @Get(':zoneId/plan-preview')
  @ApiOperation({
    operationId: 'Zones.previewPlan',
    summary: 'What other weights would do to the plan for the trucks that wait now; weights that are not named stay',
  })
  @ApiOkResponse({ type: PlanPreviewResponse })
  async preview(
    @CodeParam('zoneId') zoneId: string,
    @Query() query: PlanPreviewQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<PlanPreviewResponse> {
    const { areaCode, at, basedOnPosition, ...same } = await this.previewPlan.execute(zoneId, query);
    if (caller.role === 'command_centre') caller.requireArea(areaCode);
    return { ...same, at: toIso(at), basedOnPosition: String(basedOnPosition) };
  }
}
