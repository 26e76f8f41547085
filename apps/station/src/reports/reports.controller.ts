import { applyDecorators, Controller, Get, Query, Res, type StreamableFile, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { CodeParam, type Page } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { csvType, pageType, workbookType } from '@yizhan/print';
import { CallerScope } from '../network/caller-scope.js';
import type { Headers } from '../report-sheets/printing.js';
import { ReportDesk } from './report-desk.js';
import { Ledgers } from './ledgers.js';
import {
  AreaLedgerQuery,
  DisinfectionEntryResponse,
  DriverEntryResponse,
  LedgerQuery,
  VisitEntryResponse,
} from './ledgers.dto.js';
import { type ReportScope, ReportScopes } from './report-scope.js';
import { AreaReportQuery, DailyReportResponse, ReportQuery } from './reports.dto.js';

type Printed<T> = Promise<T | StreamableFile>;

const page = (item: Type) => ({
  type: 'object',
  required: ['items', 'next'],
  properties: {
    items: { type: 'array', items: { $ref: getSchemaPath(item) } },
    next: { type: 'string', nullable: true, description: 'pass it as `after`; null at the end' },
  },
});

/** A report in each of its formats. */
export function ApiReport(model: Type, { isPage }: { isPage: boolean }): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(model),
    ApiOkResponse({
      content: {
        'application/json': { schema: isPage ? page(model) : { $ref: getSchemaPath(model) } },
        [csvType]: { schema: { type: 'string' } },
        [workbookType]: { schema: { type: 'string', format: 'binary' } },
        [pageType]: { schema: { type: 'string' } },
      },
    }),
  );
}

/** What a station owes. */
@ApiTags('reports')
@Controller('api/v1/stations/:stationCode/reports')
@Roles('operator', 'shift_lead', 'command_centre', 'administrator')
export class StationReportsController {
  constructor(
    private readonly desk: ReportDesk,
    private readonly ledgers: Ledgers,
    private readonly scopes: ReportScopes,
    private readonly callers: CallerScope,
  ) {}

  @Get('daily')
  @ApiOperation({ summary: 'The daily report: trucks, tonnes, drivers, waits, refusals, exceptions' })
  @ApiReport(DailyReportResponse, { isPage: false })
  async daily(
    @CurrentCaller() caller: Caller,
    @CodeParam('stationCode') stationCode: string,
    @Query() query: ReportQuery,
    @Res({ passthrough: true }) reply: Headers,
  ): Printed<DailyReportResponse> {
    return this.desk.daily(await this.#scope(caller, stationCode), query, reply);
  }

  @Get('visits')
  @ApiOperation({ summary: 'The ledger of trucks in and out' })
  @ApiReport(VisitEntryResponse, { isPage: true })
  async visits(
    @CurrentCaller() caller: Caller,
    @CodeParam('stationCode') stationCode: string,
    @Query() query: LedgerQuery,
    @Res({ passthrough: true }) reply: Headers,
  ): Printed<Page<VisitEntryResponse>> {
    const scope = await this.#scope(caller, stationCode);
    return this.desk.ledger('visits', this.ledgers.visits(), scope, query, reply);
  }

  @Get('drivers')
  @ApiOperation({ summary: 'The ledger of drivers: trips, hours, shifts' })
  @ApiReport(DriverEntryResponse, { isPage: true })
  async drivers(
    @CurrentCaller() caller: Caller,
    @CodeParam('stationCode') stationCode: string,
    @Query() query: LedgerQuery,
    @Res({ passthrough: true }) reply: Headers,
  ): Printed<Page<DriverEntryResponse>> {
    const scope = await this.#scope(caller, stationCode);
    return this.desk.ledger('drivers', this.ledgers.drivers(this.desk.now), scope, query, reply);
  }

  @Get('disinfection')
  @ApiOperation({ summary: 'The ledger of disinfection' })
  @ApiReport(DisinfectionEntryResponse, { isPage: true })
  async disinfection(
    @CurrentCaller() caller: Caller,
    @CodeParam('stationCode') stationCode: string,
    @Query() query: LedgerQuery,
    @Res({ passthrough: true }) reply: Headers,
  ): Printed<Page<DisinfectionEntryResponse>> {
    const scope = await this.#scope(caller, stationCode);
    return this.desk.ledger('disinfection', this.ledgers.disinfections(), scope, query, reply);
  }

  async #scope(caller: Caller, stationCode: string): Promise<ReportScope> {
    await this.callers.requireStation(caller, stationCode);
    return this.scopes.ofStation(stationCode);
  }
}

/** What an area or a county owes. */
@ApiTags('reports')
@Controller('api/v1/areas/:areaCode/reports')
@Roles('command_centre', 'administrator')
export class AreaReportsController {
  constructor(
    private readonly desk: ReportDesk,
    private readonly ledgers: Ledgers,
    private readonly scopes: ReportScopes,
    private readonly callers: CallerScope,
  ) {}

  @Get('daily')
  @ApiOperation({ summary: 'The daily report of all stations together, and of each' })
  @ApiReport(DailyReportResponse, { isPage: false })
  async daily(
    @CurrentCaller() caller: Caller,
    @CodeParam('areaCode') areaCode: string,
    @Query() query: AreaReportQuery,
    @Res({ passthrough: true }) reply: Headers,
  ): Printed<DailyReportResponse> {
    return this.desk.daily(await this.#scope(caller, areaCode, query.countyCode), query, reply);
  }

  @Get('visits')
  @ApiOperation({ summary: 'The ledger of trucks in and out at all stations' })
  @ApiReport(VisitEntryResponse, { isPage: true })
  async visits(
    @CurrentCaller() caller: Caller,
    @CodeParam('areaCode') areaCode: string,
    @Query() query: AreaLedgerQuery,
    @Res({ passthrough: true }) reply: Headers,
  ): Printed<Page<VisitEntryResponse>> {
    const scope = await this.#scope(caller, areaCode, query.countyCode);
    return this.desk.ledger('visits', this.ledgers.visits(), scope, query, reply);
  }

  @Get('drivers')
  @ApiOperation({ summary: 'The ledger of drivers at all stations' })
  @ApiReport(DriverEntryResponse, { isPage: true })
  async drivers(
    @CurrentCaller() caller: Caller,
    @CodeParam('areaCode') areaCode: string,
    @Query() query: AreaLedgerQuery,
    @Res({ passthrough: true }) reply: Headers,
  ): Printed<Page<DriverEntryResponse>> {
    const scope = await this.#scope(caller, areaCode, query.countyCode);
    return this.desk.ledger('drivers', this.ledgers.drivers(this.desk.now), scope, query, reply);
  }

  @Get('disinfection')
  @ApiOperation({ summary: 'The ledger of disinfection at all stations' })
  @ApiReport(DisinfectionEntryResponse, { isPage: true })
  async disinfection(
    @CurrentCaller() caller: Caller,
    @CodeParam('areaCode') areaCode: string,
    @Query() query: AreaLedgerQuery,
    @Res({ passthrough: true }) reply: Headers,
  ): Printed<Page<DisinfectionEntryResponse>> {
    const scope = await this.#scope(caller, areaCode, query.countyCode);
    return this.desk.ledger('disinfection', this.ledgers.disinfections(), scope, query, reply);
  }

  async #scope(caller: Caller, areaCode: string, countyCode: string | undefined): Promise<ReportScope> {
    await this.callers.requireArea(caller, areaCode);
    return this.scopes.ofArea(areaCode, countyCode);
  }
}
