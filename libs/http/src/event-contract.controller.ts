import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { schemaFolder } from '@yizhan/contracts';
import { Public } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';

/** Beside the sources and beside what is built from them alike. */
const asyncApi = new URL('../../../docs/asyncapi.json', import.meta.url);
const catalogue = new URL('../../../docs/event-catalogue.json', import.meta.url);
const schemaName = /^yizhan\.[a-z_]+\.[a-z_]+\.v[1-9]\d*(\.event)?\.json$/;

/** What every receiver of events may know: how they travel, and what is in them. */
@ApiTags('contract')
@Controller('api')
@Public()
export class EventContractController {
  @Get('asyncapi.json')
  @Header('content-type', 'application/json')
  @ApiOperation({ summary: 'Every event over Kafka: AsyncAPI 3' })
  @ApiOkResponse({ content: { 'application/json': { schema: { type: 'object' } } } })
  describe(): Promise<string> {
    return readFile(asyncApi, 'utf8');
  }

  @Get('event-catalogue.json')
  @Header('content-type', 'application/json')
  @ApiOperation({
    operationId: 'EventContract.catalogue',
    summary: 'Every event type: what it says and when it comes, who gets it, its fields and an example',
  })
  @ApiOkResponse({ content: { 'application/json': { schema: { type: 'object' } } } })
  catalogue(): Promise<string> {
    return readFile(catalogue, 'utf8');
  }

  @Get('schemas/:file')
  @Header('content-type', 'application/schema+json')
  @ApiOperation({
    operationId: 'EventContract.readSchema',
    summary: 'The JSON Schema that `dataschema` of an event names; `.event.json` is that of its whole document',
  })
  @ApiParam({ name: 'file', example: 'yizhan.handoff.completed.v1.json' })
  @ApiOkResponse({ content: { 'application/schema+json': { schema: { type: 'object' } } } })
  schema(@Param('file') file: string): Promise<string> {
    const path = schemaName.test(file) ? new URL(file, schemaFolder) : undefined;
    if (path && existsSync(path)) return readFile(path, 'utf8');
    throw new Problem('not_found', 'SCHEMA.NOT_FOUND', 'there is no such schema of an event type');
  }
}
