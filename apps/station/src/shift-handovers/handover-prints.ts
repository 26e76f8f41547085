import { Injectable, type StreamableFile } from '@nestjs/common';
import { Changes } from '../changes/changes.js';
import { type Headers, Printing } from '../report-sheets/printing.js';
import { sheetForms } from '../report-sheets/sheet-forms.js';
import { ReportScopes } from '../reports/report-scope.js';
import { handoverLines } from './handover-lines.js';
import type { HandoverPicture } from './handover-picture.js';
import type { HandoverQuery } from './shift-handovers.dto.js';

/** Hands a picture out in the form that was asked for. */
@Injectable()
export class HandoverPrints {
  constructor(
    private readonly printing: Printing,
    private readonly scopes: ReportScopes,
    private readonly changes: Changes,
  ) {}

  get now(): number {
    return this.changes.now;
  }

  /** @param whole what is answered as JSON */
  async print<T>(
    whole: T,
    picture: HandoverPicture,
    { format = 'json', lang = 'zh' }: HandoverQuery,
    reply: Headers,
  ): Promise<T | StreamableFile> {
    if (format === 'json') return whole;
    const { code, name: place, utcOffsetMinutes } = await this.scopes.ofStation(picture.stationCode);
    const asOf = Date.parse(picture.asOf);
    const head = { place, code, from: Date.parse(picture.since), to: asOf, asOf, utcOffsetMinutes };
    const sheet = { form: sheetForms.handover, head, lines: handoverLines(picture) };
    return this.printing.print(sheet, format, lang, reply);
  }
}
