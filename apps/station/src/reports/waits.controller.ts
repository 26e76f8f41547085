import { Controller, Get, Query, Res, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CodeParam, OwnRows, type Page } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { Changes } from '../changes/changes.js';
import { CarrierRow } from '../network/network.entities.js';
import { readRow } from '../network/read-row.js';
import { collected, type Headers, Printing } from '../report-sheets/printing.js';
import { sheetForms } from '../report-sheets/sheet-forms.js';
import { LedgerQuery } from './ledgers.dto.js';
import { periodOf } from './period.js';
import { utcOffsetOfChina } from './report-scope.js';
import { ApiReport } from './reports.controller.js';
import { WaitsEntryResponse } from './waits.dto.js';
import { WaitsOfCarrier } from './waits-of-carrier.js';

/** A carrier's month of trucks is what one statement has at most. */
const mostLines = 20_000;

/** What a carrier is owed an account of. */
@ApiTags('reports')
@Controller('api/v1/carriers/:carrierId/reports')
@Roles('carrier', 'administrator')
@OwnRows()
export class CarrierReportsController {
  constructor(
    private readonly waits: WaitsOfCarrier,
    private readonly printing: Printing,
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  @Get('waits')
  @ApiOperation({
    operationId: 'CarrierReports.waits',
    summary: 'What each truck that has left waited for, and for whom: arrived, called, swapped, released',
  })
  @ApiReport(WaitsEntryResponse, { isPage: true })
  async read(
    @CurrentCaller() caller: Caller,
    @CodeParam('carrierId') carrierId: string,
    @Query() query: LedgerQuery,
    @Res({ passthrough: true }) reply: Headers,
  ): Promise<Page<WaitsEntryResponse> | StreamableFile> {
    if (!caller.maySeeCarrier(carrierId))
      throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_CARRIER', 'a carrier reads itself alone', { carrierId });
    const { name } = await readRow(this.database, CarrierRow, 'carrier', { carrierId });
    const { now } = this.changes;
    const period = periodOf(query, utcOffsetOfChina, now);
    const { format = 'json', lang = 'zh' } = query;
    if (format === 'json') return this.waits.page(carrierId, period, query);
    // Read here and not while it is sent: what is read then is not read for the carrier any more.
    const lines = await collected(this.waits.lines(carrierId, period), mostLines);
    const head = { place: name, code: carrierId, ...period, asOf: now, utcOffsetMinutes: utcOffsetOfChina };
    return this.printing.print({ form: sheetForms.waits, head, lines }, format, lang, reply);
  }
}
