import { Controller, Get } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { UuidParam } from '@yizhan/http';
import { type Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { requirePlace } from '../answers/require-place.js';
import { PreviewWithdrawal } from './preview-withdrawal.js';
import { WithdrawalPreviewResponse } from './withdrawal-preview.dto.js';

/** For who is about to withdraw a driver. */
@Controller('api/v1/handoffs')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class WithdrawalPreviewController {
  constructor(private readonly previewWithdrawal: PreviewWithdrawal) {}

  @Get(':handoffId/withdrawal-preview')
  @ApiOperation({
    operationId: 'Handoffs.previewWithdrawal',
    summary: 'Whom the scheduler would choose next if the driver of this truck were withdrawn now',
  })
  @ApiOkResponse({ type: WithdrawalPreviewResponse })
  @ApiConflictResponse({ description: 'no driver is assigned to this truck now' })
  async preview(
    @UuidParam('handoffId') handoffId: string,
    @CurrentCaller() caller: Caller,
  ): Promise<WithdrawalPreviewResponse> {
    const found = await this.previewWithdrawal.execute(handoffId);
    requirePlace(caller, found);
    const { at, basedOnPosition, stationCode, driverId, nextDriverId, plannedStartAt } = found;
    return {
      handoffId,
      stationCode,
      at: toIso(at),
      basedOnPosition: String(basedOnPosition),
      driverId,
      ...(nextDriverId === undefined ? {} : { nextDriverId }),
      ...(plannedStartAt === undefined ? {} : { plannedStartAt: toIso(plannedStartAt) }),
    };
  }
}
