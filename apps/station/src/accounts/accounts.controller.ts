import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CodeParam, CurrentRequest, type Page, PageQuery } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { scopeOf } from './account.entity.js';
import { AccountManagers } from './account-managers.js';
import { AccountAnswerResponse, AccountResponse, CreateAccountRequest, SuspendAccountRequest } from './accounts.dto.js';
import { Accounts, responseOf } from './accounts.reader.js';
import { CreateAccount } from './create-account.js';
import { ResumeAccount } from './resume-account.js';
import { SuspendAccount } from './suspend-account.js';

@ApiTags('accounts')
@Controller('api/v1/accounts')
@Roles('shift_lead', 'administrator')
export class AccountsController {
  constructor(
    private readonly createAccount: CreateAccount,
    private readonly suspendAccount: SuspendAccount,
    private readonly resumeAccount: ResumeAccount,
    private readonly accounts: Accounts,
    private readonly managers: AccountManagers,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Make an account; it can be used once it has a PIN or a password' })
  @ApiCreatedResponse({ type: AccountAnswerResponse })
  async create(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() body: CreateAccountRequest,
  ): Promise<AccountAnswerResponse> {
    await this.managers.require(caller, body.role, body);
    return this.createAccount.execute(request, body);
  }

  @Get()
  @ApiOperation({ summary: 'List the accounts that the token may manage' })
  @ApiPage(AccountResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<Page<AccountResponse>> {
    return this.accounts.list(caller, query);
  }

  @Get(':accountId')
  @ApiOperation({ summary: 'Read one account' })
  @ApiOkResponse({ type: AccountResponse })
  async read(@CurrentCaller() caller: Caller, @CodeParam('accountId') accountId: string): Promise<AccountResponse> {
    const row = await this.accounts.row(accountId);
    await this.managers.require(caller, row.role, scopeOf(row));
    return responseOf(row);
  }

  @Post(':accountId/suspension')
  @HttpCode(200)
  @ApiOperation({ summary: 'Suspend an account: nothing signed for it is taken any more' })
  @ApiOkResponse({ type: AccountAnswerResponse })
  async suspend(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('accountId') accountId: string,
    @Body() { reason }: SuspendAccountRequest,
  ): Promise<AccountAnswerResponse> {
    await this.#requireManager(caller, accountId);
    return this.suspendAccount.execute(request, { accountId, reason });
  }

  @Post(':accountId/resumption')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a suspended account be used again' })
  @ApiOkResponse({ type: AccountAnswerResponse })
  async resume(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('accountId') accountId: string,
  ): Promise<AccountAnswerResponse> {
    await this.#requireManager(caller, accountId);
    return this.resumeAccount.execute(request, { accountId });
  }

  async #requireManager(caller: Caller, accountId: string): Promise<void> {
    const row = await this.accounts.row(accountId);
    await this.managers.require(caller, row.role, scopeOf(row));
  }
}
