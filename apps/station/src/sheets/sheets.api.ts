import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiProduces, getSchemaPath } from '@nestjs/swagger';
import { csvType, xlsxType } from '@yizhan/http';
import { SheetResponse } from './sheets.dto.js';

const file = { schema: { type: 'string', format: 'binary' } } as const;
const files = { [csvType]: file, [xlsxType]: file };

/** Describes a sheet that is sent back. */
export function ApiSheet(): MethodDecorator {
  return applyDecorators(ApiProduces(csvType, xlsxType), ApiOkResponse({ description: 'the sheet', content: files }));
}

/** Describes what an import answers: what was brought in; of a dry run a report, or the sheet with its reasons. */
export function ApiImported(): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(SheetResponse),
    ApiOkResponse({
      description: 'what was imported, or what a dry run has found',
      content: { 'application/json': { schema: { $ref: getSchemaPath(SheetResponse) } }, ...files },
    }),
  );
}
