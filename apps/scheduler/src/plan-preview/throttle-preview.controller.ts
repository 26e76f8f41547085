import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { CodeParam, instantOf } from '@yizhan/http';
import { type Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { waitResponse } from './expected-wait-response.js';
import { PreviewThrottle } from './preview-throttle.js';
import { ThrottlePreviewQuery, ThrottlePreviewResponse } from './throttle-preview.dto.js';

/** For who is about to throttle a lane. */
@Controller('api/v1/areas')
@Roles('command_centre', 'administrator')
export class ThrottlePreviewController {
  constructor(private readonly previewThrottle: PreviewThrottle) {}

  @Get(':areaCode/throttle-preview')
  @ApiOperation({
    operationId: 'Areas.previewThrottle',
    summary: 'What it would do if only so many trucks of a lane got a driver in any hour',
  })
  @ApiOkResponse({ type: ThrottlePreviewResponse })
  async preview(
    @CodeParam('areaCode') areaCode: string,
    @Query() { endsAt, ...lane }: ThrottlePreviewQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<ThrottlePreviewResponse> {
    caller.requireArea(areaCode);
    const ends = instantOf(endsAt);
    const throttle = { ...lane, ...(ends !== undefined && { endsAt: ends }) };
    const { at, basedOnPosition, wait, ...same } = await this.previewThrottle.execute(areaCode, throttle);
    return { ...same, at: toIso(at), basedOnPosition: String(basedOnPosition), wait: waitResponse(wait) };
  }
}
