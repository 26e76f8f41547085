import { createHash } from 'node:crypto';
import { escaped } from '@yizhan/print';
import { cellValue, headTexts } from './cell-text.js';
import type { Language, Sheet } from './sheet.js';

const style = `
body { font: 10pt/1.4 "Noto Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; margin: 1.5em; color: #111; background: #fff }
h1 { font-size: 16pt; margin: 0 0 .3em }
p { margin: 0 0 1em }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #777; padding: .2em .5em; text-align: left; vertical-align: top }
td.number { text-align: right; font-variant-numeric: tabular-nums }
thead { display: table-header-group }
tr { break-inside: avoid }
th { background: #eee }
footer { margin-top: 2em }
footer span { display: inline-block; min-width: 16em }
@page { size: A4 landscape; margin: 12mm }
@media print { body { margin: 0 } th { background: none } }
`;

/** No script, nothing from anywhere, and this one style. */
export const pagePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const words = {
  zh: { period: '统计时段', asOf: '数据截至', made: '制表', checked: '审核', none: '本时段无记录' },
  en: { period: 'Period', asOf: 'As of', made: 'Made by', checked: 'Checked by', none: 'nothing in this period' },
} as const;

/** The sheet as a page to print, a piece at a time. */
export async function* pageOf({ form, head, lines }: Sheet, language: Language): AsyncGenerator<string> {
  const { title, place, code, from, to, asOf, utcOffset } = headTexts(form, head, language);
  const say = words[language];
  const printing = { language, utcOffsetMinutes: head.utcOffsetMinutes };
  yield `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><title>${escaped(`${title} ${place}`)}</title><style>${style}</style></head>
<body><h1>${escaped(title ?? '')}</h1>
<p>${escaped(`${place} (${code}) · ${say.period}: ${from} – ${to} (UTC${utcOffset}) · ${say.asOf}: ${asOf}`)}</p>
<table><thead><tr>${form.columns.map((column) => `<th scope="col">${escaped(column.title[language])}</th>`).join('')}</tr></thead>
<tbody>
`;
  let isEmpty = true;
  for await (const line of lines) {
    isEmpty = false;
    const cells = form.columns.map(({ id, kind }) => {
      const value = cellValue(kind, line[id], printing);
      return `<td${typeof value === 'number' ? ' class="number"' : ''}>${escaped(String(value ?? ''))}</td>`;
    });
    yield `<tr>${cells.join('')}</tr>\n`;
  }
  if (isEmpty) yield `<tr><td colspan="${form.columns.length}">${say.none}</td></tr>\n`;
  yield `</tbody></table>
<footer><span>${say.made}: </span><span>${say.checked}: </span></footer>
</body></html>
`;
}
