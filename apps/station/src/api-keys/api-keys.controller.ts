import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiPage, type ChangeRequest, CodeParam, CurrentRequest, instantOf, type Page } from '@yizhan/http';
import { Roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import {
  ApiKeyResponse,
  ApiKeysQuery,
  CreateApiKeyRequest,
  NewApiKeyResponse,
  RevokeApiKeyRequest,
  RevokedApiKeyResponse,
} from './api-keys.dto.js';
import { ApiKeys } from './api-keys.reader.js';
import { CreateApiKey } from './create-api-key.js';
import { RevokeApiKey } from './revoke-api-key.js';

@ApiTags('accounts')
@Controller('api/v1/api-keys')
@Roles('administrator')
export class ApiKeysController {
  constructor(
    private readonly createApiKey: CreateApiKey,
    private readonly revokeApiKey: RevokeApiKey,
    private readonly apiKeys: ApiKeys,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Make a key for a system; it is shown once, and a system has at most two live ones' })
  @ApiCreatedResponse({ type: NewApiKeyResponse })
  async create(
    @CurrentRequest() request: ChangeRequest,
    @Body() { expiresAt, ...body }: CreateApiKeyRequest,
  ): Promise<NewApiKeyResponse> {
    const answer = await this.createApiKey.execute(request, { ...body, expiresAt: instantOf(expiresAt) });
    return { ...answer, expiresAt: toIso(answer.expiresAt) };
  }

  @Get()
  @ApiOperation({ summary: 'List keys, with what they may do and when they were last used' })
  @ApiPage(ApiKeyResponse)
  list(@Query() query: ApiKeysQuery): Promise<Page<ApiKeyResponse>> {
    return this.apiKeys.list(query);
  }

  @Post(':keyId/revocation')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a key before its time; every process refuses it within seconds' })
  @ApiOkResponse({ type: RevokedApiKeyResponse })
  async revoke(
    @CurrentRequest() request: ChangeRequest,
    @CodeParam('keyId') keyId: string,
    @Body() { reason }: RevokeApiKeyRequest,
  ): Promise<RevokedApiKeyResponse> {
    const { revokedAt } = await this.revokeApiKey.execute(request, { keyId, reason });
    return { keyId, revokedAt: toIso(revokedAt) };
  }
}
