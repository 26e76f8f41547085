import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CurrentRequest, instantOf, OwnRows, type Page, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { given } from '../cases/given.js';
import {
  ConsentResponse,
  ConsentsQuery,
  GiveConsentRequest,
  GivenConsentResponse,
  RevokedConsentResponse,
} from './consents.dto.js';
import { Consents } from './consents.reader.js';
import { GiveConsent } from './give-consent.js';
import { RevokeConsent } from './revoke-consent.js';

/** What a carrier agrees to beforehand, so that no handoff of its trucks waits for its word. */
@ApiTags('consents')
@Controller('api/v1/consents')
@OwnRows()
@Roles('carrier')
export class ConsentsController {
  constructor(
    private readonly giveConsent: GiveConsent,
    private readonly revokeConsent: RevokeConsent,
    private readonly consents: Consents,
  ) {}

  @Post()
  @ApiOperation({
    operationId: 'Consents.give',
    summary: 'Agree beforehand that your trucks are handed over: all of an area, a lane, or one truck',
  })
  @ApiCreatedResponse({ type: GivenConsentResponse })
  give(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Body() { validUntil, ...body }: GiveConsentRequest,
  ): Promise<GivenConsentResponse> {
    const ends = given({ validUntil: instantOf(validUntil) });
    return this.giveConsent.execute(request, { carrierId: caller.carrierId ?? '', ...body, ...ends });
  }

  @Get()
  @Roles('carrier', 'administrator')
  @ApiOperation({ summary: 'List consents, also those that are over' })
  @ApiPage(ConsentResponse)
  list(@CurrentCaller() caller: Caller, @Query() query: ConsentsQuery): Promise<Page<ConsentResponse>> {
    return this.consents.list(caller, query);
  }

  @Post(':consentId/revocation')
  @Roles('carrier', 'administrator')
  @HttpCode(200)
  @ApiOperation({ operationId: 'Consents.revoke', summary: 'Revoke a consent: no handoff starts with it any more' })
  @ApiOkResponse({ type: RevokedConsentResponse })
  revoke(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('consentId') consentId: string,
  ): Promise<RevokedConsentResponse> {
    const carrierId = caller.role === 'carrier' ? (caller.carrierId ?? '') : undefined;
    return this.revokeConsent.execute(request, { consentId, carrierId });
  }
}
