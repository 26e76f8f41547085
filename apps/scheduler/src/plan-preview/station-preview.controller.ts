import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { CodeParam } from '@yizhan/http';
import { type Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { requirePlace } from '../answers/require-place.js';
import { outlookResponse } from './expected-wait-response.js';
import { PreviewStation } from './preview-station.js';
import { StationPreviewQuery, StationPreviewResponse } from './station-preview.dto.js';

/** For who is about to open, suspend or close a station. */
@Controller('api/v1/stations')
@Roles('shift_lead', 'command_centre', 'administrator')
export class StationPreviewController {
  constructor(private readonly previewStation: PreviewStation) {}

  @Get(':stationCode/state-preview')
  @ApiOperation({
    operationId: 'Stations.previewState',
    summary: 'What it would do to the trucks that wait now if this station were open, suspended or closed',
  })
  @ApiOkResponse({ type: StationPreviewResponse })
  async preview(
    @CodeParam('stationCode') stationCode: string,
    @Query() { state }: StationPreviewQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<StationPreviewResponse> {
    const { at, basedOnPosition, others, ...same } = await this.previewStation.execute(stationCode, state);
    requirePlace(caller, same);
    return {
      ...same,
      at: toIso(at),
      basedOnPosition: String(basedOnPosition),
      others: others.map(outlookResponse),
    };
  }
}
