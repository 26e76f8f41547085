import type { StudyResult } from '../run-study.js';
import { explanation } from '../study-texts.js';
import {
  labelOf,
  policyNames,
  themes,
  waitingByHour,
  waitingByPool,
  waitingByPriority,
  waitingLonger,
  type Theme,
} from './charts.js';

/** What the page says above its figures. */
export interface StudyHeading {
  readonly title: string;
  readonly madeUp: string;
  readonly seed: string;
}

const style = `
:root { color-scheme: light dark; --text: #1f2328; --back: #fff; --line: #d0d7de; --soft: #57606a }
body { font: 15px/1.55 system-ui, sans-serif; color: var(--text); background: var(--back); max-width: 72rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: right; font-variant-numeric: tabular-nums }
th:first-child, td:first-child, td:nth-child(2), td.why { text-align: left }
figure { margin: 1rem 0; overflow-x: auto }
figure svg { max-width: 100%; height: auto }
.dark { display: none }
p.soft { color: var(--soft) }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --back: #0d1117; --line: #3d444d; --soft: #9198a1 }
  .light { display: none }
  .dark { display: block }
}`;

/** One page that needs nothing but itself: no script, nothing from elsewhere. */
export function studyPage({ title, madeUp, seed }: StudyHeading, results: readonly StudyResult[]): string {
  const sections = results.map(
    (result) => `
<section>
<h2>${escaped(result.name)} · ${escaped(labelOf(result))}</h2>
${[waitingByHour, waitingLonger, waitingByPriority].map((draw) => figure((theme) => draw(result, theme))).join('\n')}
</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p class="soft">${escaped(madeUp)} Seed ${escaped(seed)}.</p>
${table(results)}
${results.length > 1 ? figure((theme) => waitingByPool(results, theme)) : ''}
${explanation.en.map((line) => `<p>${escaped(line)}</p>`).join('\n')}
<div lang="zh-CN">
${explanation.zh.map((line) => `<p>${escaped(line)}</p>`).join('\n')}
</div>
${sections.join('\n')}
</body>
</html>
`;
}

function table(results: readonly StudyResult[]): string {
  const rows = results.flatMap((result) => {
    const { nearestFirst, yizhan, hindsightAtLeast, closed } = result;
    const label = escaped(`${result.name} · ${labelOf(result)}`);
    const of = (name: string, figures: typeof yizhan, share: string): string =>
      `<tr><td>${label}</td><td>${escaped(name)}</td><td>${whole(figures.weightedMinutes)}</td><td>${figures.mean.toFixed(1)}</td>` +
      `<td>${figures.p95.toFixed(0)}</td><td>${figures.served}</td><td class="why">${escaped(whyNot(figures.notServed))}</td>` +
      `<td>${share}</td></tr>`;
    return [
      of(policyNames.nearestFirst, nearestFirst, ''),
      of(policyNames.yizhan, yizhan, closed === undefined ? '' : `${(closed * 100).toFixed(1)} %`),
      `<tr><td>${label}</td><td>${escaped(policyNames.hindsight)}</td><td>${whole(hindsightAtLeast)}</td><td></td><td></td><td></td><td></td><td></td></tr>`,
    ];
  });
  return `<table>
<thead><tr><th>day, drivers 日期、司机</th><th>policy 策略</th><th>weighted minutes 加权分钟</th><th>mean 平均</th><th>p95</th><th>served 已派</th><th>not served, and why 未派及原因</th><th>gap closed 已缩小差距</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

export function whyNot(notServed: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(notServed);
  return reasons.length === 0 ? '0' : reasons.map(([reason, count]) => `${count}: ${reason}`).join('; ');
}

function figure(draw: (theme: Theme) => string): string {
  return `<figure><div class="light">${draw(themes.light)}</div><div class="dark">${draw(themes.dark)}</div></figure>`;
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
