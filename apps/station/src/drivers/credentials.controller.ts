import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CodeParam, CurrentRequest, instantOf } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { given } from '../cases/given.js';
import { CallerScope } from '../network/caller-scope.js';
import { DriverAnswerResponse, GrantCredentialRequest } from './drivers.dto.js';
import { GrantCredential } from './grant-credential.js';

/** What a driver holds until a time. */
@ApiTags('drivers')
@Controller('api/v1/drivers/:driverId')
@Roles('shift_lead', 'command_centre', 'administrator')
export class CredentialsController {
  constructor(
    private readonly grantCredential: GrantCredential,
    private readonly scope: CallerScope,
  ) {}

  @Post('credentials')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Drivers.grantCredential',
    summary: 'Record that a driver holds a credential until a time',
  })
  @ApiOkResponse({ type: DriverAnswerResponse })
  async grant(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('driverId') driverId: string,
    @Body() { credential, issuer, batch, validFrom, validUntil }: GrantCredentialRequest,
  ): Promise<DriverAnswerResponse> {
    await this.scope.requireDriver(caller, driverId);
    const held = { validFrom: instantOf(validFrom), validUntil: instantOf(validUntil) };
    return this.grantCredential.execute(request, { driverId, credential, issuer, ...held, ...given({ batch }) });
  }
}
