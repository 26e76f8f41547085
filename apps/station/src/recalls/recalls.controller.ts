import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CodeParam, CurrentRequest, instantOf } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { given } from '../cases/given.js';
import { RecalledCredentialResponse } from '../drivers/drivers.dto.js';
import { CallerScope } from '../network/caller-scope.js';
import { Contacts } from './contacts.reader.js';
import { RecallBatch } from './recall-batch.js';
import { RecallCredential } from './recall-credential.js';
import {
  ContactsQuery,
  ContactsResponse,
  RecallBatchRequest,
  RecallCredentialRequest,
  RecalledBatchResponse,
} from './recalls.dto.js';

/** What a driver holds is taken back, and whom he met is found (即采即走即追). */
@ApiTags('drivers')
@Controller('api/v1/drivers/:driverId')
@Roles('shift_lead', 'command_centre', 'administrator')
export class RecallsController {
  constructor(
    private readonly recallCredential: RecallCredential,
    private readonly contacts: Contacts,
    private readonly scope: CallerScope,
  ) {}

  @Post('credential-recalls')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Drivers.recallCredential', summary: 'End a credential at once' })
  @ApiOkResponse({ type: RecalledCredentialResponse })
  async recall(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('driverId') driverId: string,
    @Body() { credential, reason, since, endsAt }: RecallCredentialRequest,
  ): Promise<RecalledCredentialResponse> {
    await this.scope.requireDriver(caller, driverId);
    const facts = given({ since: instantOf(since), endsAt: endsAt && { kind: endsAt.kind, id: endsAt.id } });
    return this.recallCredential.execute(request, { driverId, credential, reason, ...facts });
  }

  @Get('contacts')
  @ApiOperation({
    operationId: 'Drivers.listContacts',
    summary: 'Whom a driver met since an instant: ids, places and times only',
  })
  @ApiOkResponse({ type: ContactsResponse })
  async list(
    @CurrentCaller() caller: Caller,
    @CodeParam('driverId') driverId: string,
    @Query() { since }: ContactsQuery,
  ): Promise<ContactsResponse> {
    await this.scope.requireDriver(caller, driverId);
    return this.contacts.since(driverId, instantOf(since));
  }
}

/** For many drivers at once. */
@ApiTags('drivers')
@Controller('api/v1/credential-recalls')
@Roles('command_centre', 'administrator')
export class BatchRecallsController {
  constructor(
    private readonly recallBatch: RecallBatch,
    private readonly scope: CallerScope,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'CredentialRecalls.recall',
    summary: 'End what an issuer has granted, or one batch of it, for every driver of the caller’s areas',
  })
  @ApiOkResponse({ type: RecalledBatchResponse })
  async recall(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() { credential, issuer, batch, reason, since }: RecallBatchRequest,
  ): Promise<RecalledBatchResponse> {
    const areaCodes = await this.scope.areasOf(caller);
    const facts = given({ batch, areaCodes, since: instantOf(since) });
    return this.recallBatch.execute(request, { credential, issuer, reason, ...facts });
  }
}
