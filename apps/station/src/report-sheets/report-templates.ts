import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { Changes, type StationRequest } from '../changes/changes.js';
import type { Language, SheetName } from './sheet.js';
import { sheetForms } from './sheet-forms.js';
import { assertTemplate, defaultTemplate } from './workbook.js';

export interface TemplateAnswer {
  readonly report: SheetName;
  readonly lang: Language;
  /** The template that the product ships. */
  readonly isDefault: boolean;
  readonly sha256?: string;
  readonly uploadedAt?: string;
}

interface StoredTemplate {
  readonly report: SheetName;
  readonly language: Language;
  readonly sha256: string;
  readonly uploaded_at: number;
}

/** The workbooks after which reports are drawn: one that an administrator has uploaded, else the product's own. */
@Injectable()
export class ReportTemplates {
  readonly #defaults = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly database: Database,
    private readonly changes: Changes,
  ) {}

  async read(report: SheetName, language: Language): Promise<Buffer> {
    const [stored] = await this.database.rows<{ workbook: Buffer }>(readWorkbook, [report, language]);
    return stored?.workbook ?? this.#default(report, language);
  }

  /** Those that are not the product's own. */
  async uploaded(): Promise<TemplateAnswer[]> {
    const rows = await this.database.rows<StoredTemplate>(readStored);
    return rows.map(({ report, language: lang, sha256, uploaded_at }) => {
      return { report, lang, isDefault: false, sha256, uploadedAt: toIso(uploaded_at) };
    });
  }

  /** @throws Problem `TEMPLATE.…` where the report cannot be drawn after it. */
  async upload(request: StationRequest, report: SheetName, lang: Language, workbook: Buffer): Promise<TemplateAnswer> {
    await assertTemplate(workbook, sheetForms[report]);
    const sha256 = createHash('sha256').update(workbook).digest('hex');
    return this.changes.once(request, async ({ tx, at }) => {
      await tx.rows(storeTemplate, [report, lang, workbook, sha256, at, request.caller]);
      return { events: [], answer: { report, lang, isDefault: false, sha256, uploadedAt: toIso(at) } };
    });
  }

  /** Back to the template that the product ships. */
  reset(request: StationRequest, report: SheetName, lang: Language): Promise<TemplateAnswer> {
    return this.changes.once(request, async ({ tx }) => {
      await tx.rows(dropTemplate, [report, lang]);
      return { events: [], answer: { report, lang, isDefault: true } };
    });
  }

  #default(report: SheetName, language: Language): Promise<Buffer> {
    const key = `${report} ${language}`;
    const made = this.#defaults.get(key) ?? defaultTemplate(sheetForms[report], language);
    this.#defaults.set(key, made);
    return made;
  }
}

const readWorkbook = `SELECT workbook FROM station.report_templates WHERE report = $1 AND language = $2`;

const readStored = `
  SELECT report, language, sha256, uploaded_at FROM station.report_templates ORDER BY report, language`;

const storeTemplate = `
  INSERT INTO station.report_templates (report, language, workbook, sha256, uploaded_at, uploaded_by)
  VALUES ($1, $2, $3, $4, to_timestamp($5::double precision / 1000), $6)
  ON CONFLICT (report, language) DO UPDATE SET workbook = EXCLUDED.workbook, sha256 = EXCLUDED.sha256,
    uploaded_at = EXCLUDED.uploaded_at, uploaded_by = EXCLUDED.uploaded_by`;

const dropTemplate = `DELETE FROM station.report_templates WHERE report = $1 AND language = $2`;
