import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CodeParam, CurrentRequest } from '@yizhan/http';
import { Caller, CurrentCaller, Roles, roles } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { scopeOf } from './account.entity.js';
import { AccountManagers } from './account-managers.js';
import { AccountAnswerResponse, SetPasswordRequest, SetPinRequest } from './accounts.dto.js';
import { Accounts } from './accounts.reader.js';
import { SetSecret } from './set-secret.js';

@ApiTags('accounts')
@Controller('api/v1/accounts/:accountId')
@Roles(...roles)
export class SecretsController {
  constructor(
    private readonly setSecret: SetSecret,
    private readonly accounts: Accounts,
    private readonly managers: AccountManagers,
  ) {}

  @Post('pin')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Accounts.setPin',
    summary: 'Set a PIN: one’s own, or that of an account that the token may manage',
  })
  @ApiOkResponse({ type: AccountAnswerResponse })
  async pin(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('accountId') accountId: string,
    @Body() { pin, currentPin }: SetPinRequest,
  ): Promise<AccountAnswerResponse> {
    await this.#require(caller, accountId);
    return this.setSecret.execute(request, { accountId, kind: 'pin', secret: pin, current: currentPin });
  }

  @Post('password')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'Accounts.setPassword',
    summary: 'Set a password: one’s own, or that of an account that the token may manage',
  })
  @ApiOkResponse({ type: AccountAnswerResponse })
  async password(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('accountId') accountId: string,
    @Body() { password, currentPassword }: SetPasswordRequest,
  ): Promise<AccountAnswerResponse> {
    await this.#require(caller, accountId);
    return this.setSecret.execute(request, { accountId, kind: 'password', secret: password, current: currentPassword });
  }

  async #require(caller: Caller, accountId: string): Promise<void> {
    if (caller.isLink) {
      throw new Problem(
        'forbidden',
        'IDENTITY.LINK_IS_FOR_SIGNING',
        'a link does not change the secrets of an account',
      );
    }
    if (caller.subject === accountId) return;
    const row = await this.accounts.row(accountId);
    await this.managers.require(caller, row.role, scopeOf(row));
  }
}
