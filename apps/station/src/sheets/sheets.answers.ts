import { Injectable, StreamableFile } from '@nestjs/common';
import { type ChangeRequest, csvType, type UploadedFile } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Database } from '@yizhan/persistence';
import { CallerScope } from '../network/caller-scope.js';
import { exportConsignments, exportDrivers, exportEnterprises, exportTrucks } from './kinds/export-rows.js';
import { ImportSheet } from './import-sheet.js';
import { headOf } from './read-rows.js';
import type { SheetKind, SheetScope } from './kinds/sheet-kind.js';
import { SheetKinds } from './kinds/sheet-kinds.js';
import type { ExportedName, ExportQuery, ImportQuery, SheetName, SheetResponse } from './sheets.dto.js';
import { withReasons } from './files/with-reasons.js';
import { type SheetFile, type SheetFormat, writeSheet } from './files/write-sheet.js';

interface Imported {
  readonly query: ImportQuery;
  readonly file: UploadedFile;
}

const exports_ = {
  drivers: exportDrivers,
  trucks: exportTrucks,
  consignments: exportConsignments,
  enterprises: exportEnterprises,
};

/** What the routes of sheets answer: each kind of sheet goes the same way. */
@Injectable()
export class SheetsAnswers {
  readonly #kinds: Readonly<Record<SheetName, SheetKind>>;

  constructor(
    private readonly importSheet: ImportSheet,
    private readonly database: Database,
    private readonly scope: CallerScope,
    kinds: SheetKinds,
  ) {
    this.#kinds = kinds.byName;
  }

  async template(name: SheetName, format: SheetFormat): Promise<StreamableFile> {
    const columns = Object.entries(this.#kinds[name].columns);
    const head = columns.map(([key, column]) => headOf(key, column));
    return sent(await writeSheet(format, `${name}-template`, [head, columns.map(([, { example }]) => example)]));
  }

  async import(
    caller: Caller,
    request: ChangeRequest,
    name: SheetName,
    { query, file }: Imported,
  ): Promise<SheetResponse | StreamableFile> {
    const kind = this.#kinds[name];
    const scope = await this.#scopeOf(caller, name);
    if (query.dryRun !== 'true') return this.importSheet.execute(request, kind, file, scope);
    const { sheet, faults, report } = await this.importSheet.check(kind, file, scope);
    const { answer = 'json' } = query;
    return answer === 'json' ? report : sent(await writeSheet(answer, `${name}-checked`, withReasons(sheet, faults)));
  }

  async export(caller: Caller, name: ExportedName, query: ExportQuery): Promise<StreamableFile> {
    const { format = 'csv', ...filter } = query;
    const lines = await exports_[name](this.database, await this.#scopeOf(caller, name), filter);
    return sent(await writeSheet(format, name, lines));
  }

  async #scopeOf(caller: Caller, name: SheetName): Promise<SheetScope> {
    if (caller.role === 'carrier') return { carrierId: caller.carrierId ?? '' };
    if (caller.role === 'enterprise') return { enterpriseId: caller.enterpriseId ?? '' };
    const areas = await this.scope.areasOf(caller);
    const works = name === 'consignments' && (caller.role === 'operator' || caller.role === 'shift_lead');
    return { ...(areas ? { areas } : {}), ...(works ? { stations: caller.stations } : {}) };
  }
}

function sent({ type, name, bytes }: SheetFile): StreamableFile {
  return new StreamableFile(bytes, {
    type: type === csvType ? `${type}; charset=utf-8` : type,
    disposition: `attachment; filename="${name}"`,
    length: bytes.length,
  });
}
