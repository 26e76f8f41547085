import { Body, Controller, Get, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ChangeRequest, CurrentRequest, OneOf, OwnRows, UuidParam } from '@yizhan/http';
import { Caller, CurrentCaller, Public, Roles } from '@yizhan/identity';
import { Changes } from '../changes/changes.js';
import { type Language, languages } from '../report-sheets/sheet.js';
import { PrintSlip } from './print-slip.js';
import { SlipKeys } from './slip-keys.js';
import { type SlipCopy, type SlipFormat, slipFormats, slipPdf } from './slip-pdf.js';
import { type SlipRecord, SlipRecords } from './slip-record.js';
import { SlipCodeResponse, SlipKeysResponse } from './slips.dto.js';

const pdf = 'application/pdf';
const formatMeans = '80mm, a strip of a receipt printer, where nothing is said';
const nobodyYet = 'Nobody is to take the truck yet';
const languageMeans = 'zh where nothing is said';

export class SlipQuery {
  @OneOf(slipFormats, { optional: true, description: formatMeans })
  readonly format?: SlipFormat;

  @OneOf(languages, { optional: true, description: languageMeans })
  readonly lang?: Language;
}

export class PrintSlipRequest extends SlipQuery {}

/** 车辆交接单: the paper of a handoff. Before the swap it is the paper of the driver who is to take the truck. */
@ApiTags('slips')
@Controller('api/v1/handoffs/:handoffId')
@OwnRows()
@Roles('operator', 'shift_lead', 'driver', 'carrier', 'command_centre', 'administrator')
export class SlipsController {
  constructor(
    private readonly records: SlipRecords,
    private readonly printSlip: PrintSlip,
    private readonly keys: SlipKeys,
    private readonly changes: Changes,
  ) {}

  @Get('slip')
  @ApiOperation({ operationId: 'Slips.read', summary: 'The slip as a PDF for a screen: it says that it is no print' })
  @ApiOkResponse({ content: { [pdf]: { schema: { type: 'string', format: 'binary' } } } })
  @ApiConflictResponse({ description: nobodyYet })
  async show(
    @CurrentCaller() caller: Caller,
    @UuidParam('handoffId') handoffId: string,
    @Query() query: SlipQuery,
  ): Promise<StreamableFile> {
    const record = await this.records.read(caller, handoffId);
    return this.#draw(record, { at: this.changes.now }, query);
  }

  @Get('slip-code')
  @ApiOperation({
    operationId: 'Slips.readCode',
    summary: 'The text of the slip’s QR code, for a slip that is drawn elsewhere',
  })
  @ApiOkResponse({ type: SlipCodeResponse })
  @ApiConflictResponse({ description: nobodyYet })
  async code(@CurrentCaller() caller: Caller, @UuidParam('handoffId') handoffId: string): Promise<SlipCodeResponse> {
    const { facts } = await this.records.read(caller, handoffId);
    return { handoffId, kind: facts.kind, code: this.keys.sign(facts) };
  }

  @Post('slip-prints')
  @HttpCode(200)
  @Roles('operator', 'shift_lead', 'administrator')
  @ApiOperation({ summary: 'Print the slip: copies are counted, and all but the first are marked as reprints (补打)' })
  @ApiOkResponse({ content: { [pdf]: { schema: { type: 'string', format: 'binary' } } } })
  async print(
    @CurrentCaller() caller: Caller,
    @CurrentRequest() request: ChangeRequest,
    @UuidParam('handoffId') handoffId: string,
    @Body() body: PrintSlipRequest,
  ): Promise<StreamableFile> {
    const record = await this.records.read(caller, handoffId);
    const { kind } = record.facts;
    const { copyNo, printedAt } = await this.printSlip.execute(request, { handoffId, kind });
    return this.#draw(record, { copyNo, at: printedAt }, body);
  }

  async #draw(
    record: SlipRecord,
    copy: SlipCopy,
    { format = '80mm', lang = 'zh' }: SlipQuery,
  ): Promise<StreamableFile> {
    const code = this.keys.sign(record.facts);
    const file = await slipPdf({ record, code, copy, format, language: lang });
    const disposition = `inline; filename="slip-${record.facts.handoffId}.pdf"`;
    return new StreamableFile(file, { type: pdf, disposition, length: file.length });
  }
}

/** What slips are verified with, by whoever has one before him. */
@ApiTags('slips')
@Controller('api/v1/slip-keys')
@Public()
export class SlipKeysController {
  constructor(private readonly keys: SlipKeys) {}

  @Get()
  @ApiOperation({ summary: 'The public keys of slips (a JWKS): kept in a file, they verify without a network' })
  @ApiOkResponse({ type: SlipKeysResponse })
  list(): SlipKeysResponse {
    const keys = this.keys.publicKeys.map(({ kty, crv, kid, ...key }) => {
      return { kty, crv, x: String(key['x']), kid, alg: 'EdDSA', use: 'sig' };
    });
    return { keys };
  }
}
