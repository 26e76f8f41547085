import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CodeParam, CurrentRequest, instantOf, OwnRows, type Page } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Clock, toIso } from '@yizhan/kernel';
import { RevokeApiKeyRequest, RevokedApiKeyResponse } from './api-keys.dto.js';
import { ownerOf, requireCarrier, requirePerson } from './carrier-key.js';
import {
  CarrierKeyResponse,
  CarrierKeysQuery,
  CreateCarrierKeyRequest,
  NewCarrierKeyResponse,
} from './carrier-keys.dto.js';
import { CarrierKeys } from './carrier-keys.reader.js';
import { CreateApiKey } from './create-api-key.js';
import { RevokeApiKey } from './revoke-api-key.js';

const year = 365 * 24 * 3_600_000;

/** A carrier lets its own systems in, without anybody of the installation. */
@ApiTags('carrier keys')
@Controller('api/v1/carriers/:carrierId/api-keys')
@OwnRows()
@Roles('carrier', 'administrator')
export class CarrierKeysController {
  constructor(
    private readonly createApiKey: CreateApiKey,
    private readonly revokeApiKey: RevokeApiKey,
    private readonly keys: CarrierKeys,
    private readonly clock: Clock,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Make a key for a system of the carrier; it is shown once, and a system has at most two live ones',
  })
  @ApiCreatedResponse({ type: NewCarrierKeyResponse })
  async create(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('carrierId') carrierId: string,
    @Body() { name, access, expiresAt }: CreateCarrierKeyRequest,
  ): Promise<NewCarrierKeyResponse> {
    requireCarrier(caller, carrierId);
    requirePerson(caller);
    const ends = instantOf(expiresAt) ?? this.clock.now() + year;
    const wanted = { owner: ownerOf(carrierId, name), role: 'carrier', carrierId, access, expiresAt: ends } as const;
    const answer = await this.createApiKey.execute(request, wanted);
    return { keyId: answer.keyId, name, key: answer.key, expiresAt: toIso(answer.expiresAt) };
  }

  @Get()
  @ApiOperation({ summary: 'List the keys that act for the carrier, with when each was last used' })
  @ApiPage(CarrierKeyResponse)
  list(
    @CurrentCaller() caller: Caller,
    @CodeParam('carrierId') carrierId: string,
    @Query() query: CarrierKeysQuery,
  ): Promise<Page<CarrierKeyResponse>> {
    requireCarrier(caller, carrierId);
    return this.keys.list(carrierId, query);
  }

  @Post(':keyId/revocation')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a key of the carrier; every process refuses it within seconds, and its streams end' })
  @ApiOkResponse({ type: RevokedApiKeyResponse })
  async revoke(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('carrierId') carrierId: string,
    @CodeParam('keyId') keyId: string,
    @Body() { reason }: RevokeApiKeyRequest,
  ): Promise<RevokedApiKeyResponse> {
    requireCarrier(caller, carrierId);
    requirePerson(caller);
    const { revokedAt } = await this.revokeApiKey.execute(request, { keyId, reason, carrierId });
    return { keyId, revokedAt: toIso(revokedAt) };
  }
}
