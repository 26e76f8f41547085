import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '@yizhan/identity';
import type { StorageSign } from '@yizhan/service-process';
import { StorageResponse } from './storage.dto.js';

export const STORAGE = Symbol('how much room the disk has, or undefined');

/** Asked by every open page: who has signed in or not, nothing that he enters is taken while the disk is full. */
@ApiTags('storage')
@Controller('api/v1/storage')
@Public()
export class StorageController {
  constructor(@Inject(STORAGE) private readonly storage: { readonly sign: StorageSign | undefined }) {}

  @Get()
  @ApiOperation({
    operationId: 'Storage.read',
    summary: 'Whether the disk of this installation has room for what people record, and whether that is backed up',
  })
  @ApiOkResponse({ type: StorageResponse })
  read(): StorageResponse {
    const { sign } = this.storage;
    return { state: sign?.state ?? 'ok', backups: sign?.backups ?? 'ok' };
  }
}
