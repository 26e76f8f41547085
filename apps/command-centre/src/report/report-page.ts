import { createHash } from 'node:crypto';
import { escaped, type PrintLanguage } from '@yizhan/print';
import type { Chart } from './report-charts.js';
import { say } from './report-words.js';
import { type Cell, cellText, type Column, type ReportDocument, type Table } from './table.js';

const style = `
body { font: 10pt/1.45 "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; margin: 1.5em; color: #14211c; background: #fff }
h1 { font-size: 17pt; margin: 0 0 .2em }
h2 { font-size: 12pt; margin: 1.4em 0 .3em; break-after: avoid }
p { margin: 0 0 1em }
img { display: block; width: 100%; max-width: 720px; height: auto; margin: .6em 0; break-inside: avoid }
div { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: 9pt }
th, td { border: 1px solid #9aa7a1; padding: .15em .45em; text-align: left; vertical-align: top }
th.number, td.number { text-align: right }
td.number { font-variant-numeric: tabular-nums; white-space: nowrap }
thead { display: table-header-group }
tr { break-inside: avoid }
th { background: #eef2f0 }
@page { size: A4; margin: 12mm }
@media print { body { margin: 0 } th { background: none } div { overflow: visible } }
`;

/** No script, nothing from anywhere but the plots, which are in the page, and this one style. */
export const reportPagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface Shown {
  readonly language: PrintLanguage;
  readonly utcOffsetMinutes: number;
}

/** The report as a page to read and to print. */
export function pageOf(
  { title, lines, tables, notes }: ReportDocument,
  charts: readonly Chart[],
  shown: Shown,
): string {
  const { language } = shown;
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${style}</style></head>
<body><h1>${escaped(title)}</h1>
${lines.map((line) => `<p>${escaped(line)}</p>`).join('\n')}
${tables
  .filter(({ mostOnPaper }) => mostOnPaper > 0)
  .map((table, index) => `${tableOf(table, shown)}${index === 0 ? charts.map(imageOf).join('') : ''}`)
  .join('\n')}
<h2>${escaped(say('unknown', language))}</h2>
<ul>${notes.map((note) => `<li>${escaped(note)}</li>`).join('')}</ul>
</body></html>
`;
}

/** As an image its styles are its own, whatever the page allows. */
const imageOf = ({ title, svg, width, height }: Chart): string =>
  `\n<img alt="${escaped(title)}" width="${width}" height="${height}" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">`;

function tableOf({ title, columns, rows, mostOnPaper }: Table, shown: Shown): string {
  const { language } = shown;
  const onPaper = rows.slice(0, mostOnPaper);
  const body = onPaper.map(
    (row) => `<tr>${row.map((cell, index) => cellOf(columns[index], cell, shown)).join('')}</tr>`,
  );
  const nothing = `<tr><td colspan="${columns.length}">${escaped(say('nothing', language))}</td></tr>`;
  const left = rows.length - onPaper.length;
  return `<h2>${escaped(title)}</h2>
<div><table><thead><tr>${columns.map(titleOf).join('')}</tr></thead>
<tbody>
${body.length === 0 ? nothing : body.join('\n')}
</tbody></table></div>${left > 0 ? `<p>${escaped(say('more', language, { number: left }))}</p>` : ''}`;
}

const titleOf = ({ title, kind }: Column): string =>
  `<th scope="col"${kind === 'text' ? '' : ' class="number"'}>${escaped(title)}</th>`;

function cellOf(column: Column | undefined, cell: Cell, { utcOffsetMinutes }: Shown): string {
  const kind = column?.kind ?? 'text';
  return `<td${kind === 'text' ? '' : ' class="number"'}>${escaped(cellText(kind, cell, utcOffsetMinutes))}</td>`;
}
