import { ApiProperty } from '@nestjs/swagger';
import { Code, Nested, OneOf, Text, WholeNumber } from '@yizhan/http';
import { IsOptional, IsIn } from 'class-validator';
import { mostFaults } from './import-sheet.js';
import { type SheetFormat, sheetFormats } from './files/write-sheet.js';

export const sheetNames = ['drivers', 'trucks', 'consignments', 'enterprises', 'capacity'] as const;
export type SheetName = (typeof sheetNames)[number];
/** What enterprises keep up is told and not listed: the command centre has figures of it. */
export type ExportedName = Exclude<SheetName, 'capacity'>;

export class TemplateQuery {
  @OneOf(sheetFormats, { optional: true, description: 'csv where it is not given' })
  readonly format?: SheetFormat;
}

export class ExportQuery extends TemplateQuery {
  @Code({ optional: true })
  readonly areaCode?: string;

  @Code({ optional: true, description: 'home station of drivers, station of announced trucks' })
  readonly stationCode?: string;
}

export class ImportQuery {
  @ApiProperty({
    required: false,
    enum: ['true', 'false'],
    description: 'true: write nothing, and say all that is wrong with each row',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly dryRun?: 'true' | 'false';

  @OneOf(['json', ...sheetFormats], {
    optional: true,
    description: 'what a dry run answers: a report, or the same sheet with a column of reasons',
  })
  readonly answer?: 'json' | SheetFormat;
}

export class FaultResponse {
  @WholeNumber({ min: 2, description: 'as a spreadsheet numbers it: the header is row 1' })
  readonly row: number;

  @Code({ example: 'licences' })
  readonly column: string;

  @Code({ example: 'not_one_of' })
  readonly reason: string;

  @Text({ maxLength: 500 })
  readonly message: string;
}

export class SheetResponse {
  @OneOf(sheetNames)
  readonly sheet: string;

  @WholeNumber({ description: 'rows of the sheet' })
  readonly rows: number;

  @WholeNumber({ optional: true, description: 'of a dry run: rows that have a fault' })
  readonly badRows?: number;

  @WholeNumber({ optional: true, description: `of a dry run: all faults, of which the first ${mostFaults} are listed` })
  readonly faultCount?: number;

  @Nested(() => FaultResponse, { optional: true, list: true, mostItems: mostFaults })
  readonly faults?: readonly FaultResponse[];
}
