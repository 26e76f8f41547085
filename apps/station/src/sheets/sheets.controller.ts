import { Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest, OwnRows, TheUpload, Upload, type UploadedFile } from '@yizhan/http';
import { Caller, CurrentCaller, Roles } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { SheetsAnswers } from './sheets.answers.js';
import { ApiImported, ApiSheet } from './sheets.api.js';
import { ExportQuery, ImportQuery, type SheetName, sheetNames, SheetResponse, TemplateQuery } from './sheets.dto.js';

const what = 'a sheet: CSV (UTF-8 or GB18030) or .xlsx, at most 20,000 rows below a header that names the columns';

/** Many drivers, trucks, consignments or enterprises at once. */
@ApiTags('sheets')
@Controller('api/v1/sheets')
@Roles('shift_lead', 'command_centre', 'administrator')
export class SheetsController {
  constructor(private readonly answers: SheetsAnswers) {}

  @Get(':sheet/template')
  @Roles('operator', 'shift_lead', 'carrier', 'enterprise', 'command_centre', 'administrator')
  @ApiOperation({
    operationId: 'Sheets.readTemplate',
    summary: 'An empty sheet with the columns and one row as an example',
  })
  @ApiParam({ name: 'sheet', enum: sheetNames })
  @ApiSheet()
  template(@Param('sheet') sheet: string, @Query() { format = 'csv' }: TemplateQuery): Promise<StreamableFile> {
    return this.answers.template(sheetNamed(sheet), format);
  }

  @Post('drivers/import')
  @HttpCode(200)
  @ApiOperation({ summary: 'Enrol every driver of a sheet, or say what is wrong and enrol none' })
  @Upload(what)
  @ApiImported()
  importDrivers(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Query() query: ImportQuery,
    @TheUpload() file: UploadedFile,
  ): Promise<SheetResponse | StreamableFile> {
    return this.answers.import(caller, request, 'drivers', { query, file });
  }

  @Post('trucks/import')
  @HttpCode(200)
  @ApiOperation({ summary: 'Register every truck of a sheet, or say what is wrong and register none' })
  @Upload(what)
  @ApiImported()
  importTrucks(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Query() query: ImportQuery,
    @TheUpload() file: UploadedFile,
  ): Promise<SheetResponse | StreamableFile> {
    return this.answers.import(caller, request, 'trucks', { query, file });
  }

  @Post('consignments/import')
  @HttpCode(200)
  @Roles('operator', 'shift_lead', 'carrier', 'administrator')
  @ApiOperation({
    summary: 'Announce every truck of a sheet with its consignments, or say what is wrong and announce none',
  })
  @Upload(what)
  @ApiImported()
  importConsignments(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Query() query: ImportQuery,
    @TheUpload() file: UploadedFile,
  ): Promise<SheetResponse | StreamableFile> {
    return this.answers.import(caller, request, 'consignments', { query, file });
  }

  @Post('enterprises/import')
  @HttpCode(200)
  @Roles('command_centre', 'administrator')
  @ApiOperation({
    summary: 'Register every enterprise of a sheet and say what it counts for, or say what is wrong and change none',
  })
  @Upload(what)
  @ApiImported()
  importEnterprises(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Query() query: ImportQuery,
    @TheUpload() file: UploadedFile,
  ): Promise<SheetResponse | StreamableFile> {
    return this.answers.import(caller, request, 'enterprises', { query, file });
  }

  @Post('capacity/import')
  @HttpCode(200)
  @Roles('enterprise', 'command_centre', 'administrator')
  @ApiOperation({
    summary:
      'Say of every enterprise of a sheet what it keeps up and what electricity it used, or say what is wrong and change none',
  })
  @Upload(what)
  @ApiImported()
  importCapacity(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @Query() query: ImportQuery,
    @TheUpload() file: UploadedFile,
  ): Promise<SheetResponse | StreamableFile> {
    return this.answers.import(caller, request, 'capacity', { query, file });
  }

  @Get('drivers/export')
  @ApiOperation({ summary: 'The drivers of your areas as a sheet' })
  @ApiSheet()
  exportDrivers(@CurrentCaller() caller: Caller, @Query() query: ExportQuery): Promise<StreamableFile> {
    return this.answers.export(caller, 'drivers', query);
  }

  @Get('trucks/export')
  @ApiOperation({ summary: 'The trucks of your areas as a sheet' })
  @ApiSheet()
  exportTrucks(@CurrentCaller() caller: Caller, @Query() query: ExportQuery): Promise<StreamableFile> {
    return this.answers.export(caller, 'trucks', query);
  }

  @Get('enterprises/export')
  @Roles('command_centre', 'administrator')
  @ApiOperation({ summary: 'The enterprises of your areas as a sheet' })
  @ApiSheet()
  exportEnterprises(@CurrentCaller() caller: Caller, @Query() query: ExportQuery): Promise<StreamableFile> {
    return this.answers.export(caller, 'enterprises', query);
  }

  @Get('consignments/export')
  @OwnRows()
  @Roles('operator', 'shift_lead', 'carrier', 'command_centre', 'administrator')
  @ApiOperation({ summary: 'Announced trucks with their consignments as a sheet; a carrier sees its own' })
  @ApiSheet()
  exportConsignments(@CurrentCaller() caller: Caller, @Query() query: ExportQuery): Promise<StreamableFile> {
    return this.answers.export(caller, 'consignments', query);
  }
}

function sheetNamed(name: string): SheetName {
  const sheet = sheetNames.find((each) => each === name);
  if (sheet) return sheet;
  throw new Problem('not_found', 'SHEET.NOT_FOUND', `there is no sheet of that name: ${sheetNames.join(', ')}`);
}
