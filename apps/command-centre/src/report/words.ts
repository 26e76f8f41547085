import type { PrintLanguage } from '@yizhan/print';
import { Names, type ReportWord, say } from './report-words.js';
import type { Cell, CellKind, ReportTable, Table } from './table.js';

/** What a report says in one language. */
export class Words {
  readonly names: Names;

  constructor(
    readonly language: PrintLanguage,
    named: Readonly<Record<string, string>>,
  ) {
    this.names = new Names(language, named);
  }

  say(word: ReportWord, values?: Readonly<Record<string, string | number>>): string {
    return say(word, this.language, values);
  }

  table(
    name: ReportTable,
    columns: readonly (readonly [ReportWord | 'P50' | 'P90' | 'P95', CellKind])[],
    rows: readonly (readonly Cell[])[],
    mostOnPaper = 200,
  ): Table {
    const titled = columns.map(([title, kind]) => ({
      title: title === 'P50' || title === 'P90' || title === 'P95' ? title : this.say(title),
      kind,
    }));
    return { name, title: this.say(`table_${name}`), columns: titled, rows, mostOnPaper };
  }
}
