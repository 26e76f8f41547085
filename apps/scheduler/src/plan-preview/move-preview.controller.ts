import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { CodeParam, instantOf } from '@yizhan/http';
import { type Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { outlookResponse } from './expected-wait-response.js';
import { MovePreviewQuery, MovePreviewResponse } from './move-preview.dto.js';
import { PreviewMove } from './preview-move.js';

/** For who is about to have announced trucks come to another station. */
@Controller('api/v1/stations')
@Roles('command_centre', 'administrator')
export class MovePreviewController {
  constructor(private readonly previewMove: PreviewMove) {}

  @Get(':stationCode/move-preview')
  @ApiOperation({
    operationId: 'Stations.previewMove',
    summary: 'What it would do if trucks that are announced for this station came to another one',
  })
  @ApiOkResponse({ type: MovePreviewResponse })
  async preview(
    @CodeParam('stationCode') stationCode: string,
    @Query() { from: earliest, until: latest, ...which }: MovePreviewQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<MovePreviewResponse> {
    const [from, until] = [instantOf(earliest), instantOf(latest)];
    const window = { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
    const preview = await this.previewMove.execute({ stationCode, ...which, ...window });
    caller.requireArea(preview.areaCode);
    return {
      ...preview,
      at: toIso(preview.at),
      basedOnPosition: String(preview.basedOnPosition),
      trucks: preview.trucks.map(({ visitId, plate, flow, carrierId, expectedAt, priority }) => ({
        visitId,
        plate,
        flow,
        ...(carrierId !== undefined && { carrierId }),
        expectedAt: toIso(expectedAt),
        priority,
      })),
      from: outlookResponse(preview.from),
      to: outlookResponse(preview.to),
    };
  }
}
