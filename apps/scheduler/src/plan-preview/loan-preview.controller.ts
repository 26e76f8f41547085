import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { CodeParam } from '@yizhan/http';
import { type Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { LoanPreviewQuery, LoanPreviewResponse } from './loan-preview.dto.js';
import { PreviewLoan } from './preview-loan.js';

/** For who is about to lend or borrow a driver. Asked of each area apart: another process may decide for the other one. */
@Controller('api/v1/areas')
@Roles('command_centre', 'administrator')
export class LoanPreviewController {
  constructor(private readonly previewLoan: PreviewLoan) {}

  @Get(':areaCode/loan-preview')
  @ApiOperation({
    operationId: 'Areas.previewLoan',
    summary:
      'What it would do to the trucks that wait now if this area lent a driver, or borrowed him; of other areas only how many',
  })
  @ApiOkResponse({ type: LoanPreviewResponse })
  async preview(
    @CodeParam('areaCode') areaCode: string,
    @Query() query: LoanPreviewQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<LoanPreviewResponse> {
    const { at, basedOnPosition, ...same } = await this.previewLoan.execute(areaCode, query);
    const preview = { ...same, at: toIso(at), basedOnPosition: String(basedOnPosition) };
    // The other area of a loan is told how many, and not which trucks.
    return caller.mayActInArea(areaCode) ? preview : { ...preview, changes: [] };
  }
}
