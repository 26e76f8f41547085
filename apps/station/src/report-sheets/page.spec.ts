import { createHash } from 'node:crypto';
import { pageOf, pagePolicy } from './page.js';
import { sheetForms } from './sheet-forms.js';
import type { Language, SheetLine } from './sheet.js';

const head = { place: '<b>&金东', code: 'JD', from: 0, to: 86_400_000, asOf: 3, utcOffsetMinutes: 480 };

async function drawn(lines: readonly SheetLine[], language: Language): Promise<string> {
  let text = '';
  for await (const piece of pageOf({ form: sheetForms.daily, head, lines }, language)) text += piece;
  return text;
}

it('shows each line, and nothing of it as markup', async () => {
  const line = { stationCode: 'JD', section: 'trucks', item: '<script>"x"</script>', total: 3 };
  const page = await drawn([line], 'zh');
  expect(page).toContain('<html lang="zh-CN">');
  expect(page).toContain('<td>车辆</td><td>&lt;script&gt;&quot;x&quot;&lt;/script&gt;</td>');
  expect(page).toContain('<td class="number">3</td>');
  expect(page).toContain('&lt;b&gt;&amp;金东 (JD) · 统计时段: 1970-01-01 08:00:00 – 1970-01-02 08:00:00 (UTC+08:00)');
  expect(page).not.toContain('<script');
});

it('says that there is nothing', async () => {
  expect(await drawn([], 'en')).toContain('nothing in this period');
});

it('allows its one style and nothing else', async () => {
  const [, style = ''] = /<style>([^<]*)<\/style>/.exec(await drawn([], 'zh')) ?? [];
  const digest = createHash('sha256').update(style).digest('base64');
  expect(pagePolicy).toBe(
    `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
});
