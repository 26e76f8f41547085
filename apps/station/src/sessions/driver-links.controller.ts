import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { CaseScope } from '../cases/case-scope.js';
import { CallerScope } from '../network/caller-scope.js';
import { CreateDriverLink } from './create-driver-link.js';
import { CreateDriverLinkRequest, DriverLinkResponse } from './sessions.dto.js';

const usuallyFor = 900;

@ApiTags('sessions')
@Controller('api/v1/driver-links')
@Roles('operator', 'shift_lead', 'administrator')
export class DriverLinksController {
  constructor(
    private readonly createDriverLink: CreateDriverLink,
    private readonly scope: CallerScope,
    private readonly cases: CaseScope,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Make a link or QR code with which a driver signs on his own phone' })
  @ApiCreatedResponse({ type: DriverLinkResponse })
  async create(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() { driverId, handoffId, validForSeconds = usuallyFor }: CreateDriverLinkRequest,
  ): Promise<DriverLinkResponse> {
    await this.scope.requireDriver(caller, driverId);
    if (handoffId !== undefined) await this.cases.requireHandoff(caller, handoffId);
    const input = { driverId, ...(handoffId === undefined ? {} : { handoffId }), validForSeconds };
    const { expiresAt, ...answer } = await this.createDriverLink.execute(request, input);
    return { ...answer, expiresAt: toIso(expiresAt) };
  }
}
