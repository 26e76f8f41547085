import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { CodeParam } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Clock } from '@yizhan/kernel';
import { csvType, pageType, pdfType, workbookType } from '@yizhan/print';
import { stationsOf } from '../board/stations-of.js';
import { periodOf } from './period.js';
import { PrintReport } from './print-report.js';
import { CentreReportQuery, CentreReportResponse } from './report.dto.js';
import { CentreReports } from './report.reader.js';

const china = 480;

/** The part of a reply that printing needs. */
interface Headers {
  header(name: string, value: string): unknown;
}

const file = { schema: { type: 'string', format: 'binary' } };
const text = { schema: { type: 'string' } };

/** What happened in an area in a day or a week. */
@ApiTags('command centre')
@Controller('api/v1/command-centre/areas/:areaCode')
@Roles('command_centre', 'administrator')
export class CentreReportController {
  constructor(
    private readonly reports: CentreReports,
    private readonly printing: PrintReport,
    private readonly clock: Clock,
  ) {}

  @Get('report')
  @ApiOperation({
    operationId: 'CentreReport.read',
    summary: 'The report of a day or a week beside the seven days before: as data, page, PDF, Excel or CSV',
  })
  @ApiExtraModels(CentreReportResponse)
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: getSchemaPath(CentreReportResponse) } },
      [pageType]: text,
      [pdfType]: file,
      [workbookType]: file,
      [csvType]: text,
    },
  })
  async read(
    @CurrentCaller() caller: Caller,
    @CodeParam('areaCode') areaCode: string,
    @Query() query: CentreReportQuery,
    @Res({ passthrough: true }) reply: Headers,
  ): Promise<CentreReportResponse | StreamableFile> {
    const { span = 'day', day, countyCode, utcOffsetMinutes = china, format = 'json', table, lang } = query;
    const stations = stationsOf(caller, areaCode);
    const now = this.clock.now();
    const period = periodOf({ day, span, utcOffsetMinutes }, now);
    const counties = caller.isOfCounties ? caller.counties : undefined;
    const report = await this.reports.read({ areaCode, stations, countyCode, counties, period, utcOffsetMinutes, now });
    if (format === 'json') return report;
    const { content, type, disposition, policy } = await this.printing.print(report, { format, table, lang });
    if (policy !== undefined) reply.header('content-security-policy', policy);
    return new StreamableFile(content, { type, ...(disposition !== undefined && { disposition }) });
  }
}
