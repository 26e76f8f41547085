import { Body, Controller, Get, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiProperty, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest, Flag, Instant, LengthWithin, OneOf, Sha256 } from '@yizhan/http';
import { Roles } from '@yizhan/identity';
import { workbookType } from '@yizhan/print';
import { IsString, Matches } from 'class-validator';
import { ReportTemplates } from './report-templates.js';
import { type Language, languages, type SheetName, sheetNames } from './sheet.js';

const base64 = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Of base64: what a request may carry beside its other fields. */
const longestWorkbook = 240_000;

export class TemplateQuery {
  @OneOf(sheetNames)
  readonly report: SheetName;

  @OneOf(languages, { optional: true, description: 'zh where nothing is said' })
  readonly lang?: Language;
}

export class ResetTemplateRequest {
  @OneOf(sheetNames)
  readonly report: SheetName;

  @OneOf(languages)
  readonly lang: Language;
}

export class UploadTemplateRequest extends ResetTemplateRequest {
  @ApiProperty({
    type: String,
    format: 'byte',
    pattern: base64.source,
    maxLength: longestWorkbook,
    description: 'the .xlsx file in base64, with {{line.…}} placeholders in one row; at most about 180 kB',
  })
  @IsString()
  @LengthWithin(longestWorkbook)
  @Matches(base64, { message: 'must be a file in base64' })
  readonly workbook: string;
}

export class TemplateResponse {
  @OneOf(sheetNames)
  readonly report: SheetName;

  @OneOf(languages)
  readonly lang: Language;

  @Flag({ description: 'the template that the product ships' })
  readonly isDefault: boolean;

  @Sha256({ optional: true })
  readonly sha256?: string;

  @Instant({ optional: true })
  readonly uploadedAt?: string;
}

/** The workbooks after which reports are drawn. */
@ApiTags('reports')
@Controller('api/v1/report-templates')
@Roles('administrator')
@ApiExtraModels(TemplateResponse)
export class ReportTemplatesController {
  constructor(private readonly templates: ReportTemplates) {}

  @Get()
  @ApiOperation({ summary: 'List the templates that were uploaded' })
  @ApiOkResponse({
    schema: {
      type: 'object',
      required: ['items'],
      properties: { items: { type: 'array', items: { $ref: getSchemaPath(TemplateResponse) } } },
    },
  })
  async list(): Promise<{ items: TemplateResponse[] }> {
    return { items: await this.templates.uploaded() };
  }

  @Get('workbook')
  @ApiOperation({ summary: 'Download the template of a report, to edit it' })
  @ApiOkResponse({ content: { [workbookType]: { schema: { type: 'string', format: 'binary' } } } })
  async download(@Query() { report, lang = 'zh' }: TemplateQuery): Promise<StreamableFile> {
    const workbook = await this.templates.read(report, lang);
    const disposition = `attachment; filename="template-${report}-${lang}.xlsx"`;
    return new StreamableFile(workbook, { type: workbookType, disposition, length: workbook.length });
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Draw a report after this workbook from now on' })
  @ApiOkResponse({ type: TemplateResponse })
  upload(
    @CurrentRequest() request: ChangeRequest,
    @Body() { report, lang, workbook }: UploadTemplateRequest,
  ): Promise<TemplateResponse> {
    return this.templates.upload(request, report, lang, Buffer.from(workbook, 'base64'));
  }

  @Post('reset')
  @HttpCode(200)
  @ApiOperation({ summary: 'Go back to the template that the product ships' })
  @ApiOkResponse({ type: TemplateResponse })
  reset(
    @CurrentRequest() request: ChangeRequest,
    @Body() { report, lang }: ResetTemplateRequest,
  ): Promise<TemplateResponse> {
    return this.templates.reset(request, report, lang);
  }
}
