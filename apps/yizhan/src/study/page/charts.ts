import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { PolicyFigures } from '../figures/policy-figures.js';
import type { StudyResult } from '../run-study.js';

use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** Colours of a theme; policies keep theirs in both. */
export interface Theme {
  readonly text: string;
  readonly line: string;
  readonly policies: readonly [nearestFirst: string, yizhan: string, hindsight: string];
}

export const themes: Readonly<Record<'light' | 'dark', Theme>> = {
  light: { text: '#1f2328', line: '#d0d7de', policies: ['#bc4c00', '#0969da', '#1a7f37'] },
  dark: { text: '#e6edf3', line: '#3d444d', policies: ['#f0883e', '#58a6ff', '#3fb950'] },
};

export const policyNames = {
  nearestFirst: 'nearest first 先到先得（就近）',
  yizhan: 'yizhan 驿站',
  hindsight: 'hindsight at least 事后最优下界',
} as const;

const size = { width: 720, height: 340 };

/** Weighted waiting of every pool of drivers, beside the bound. */
export function waitingByPool(results: readonly StudyResult[], theme: Theme): string {
  const [first, second, third] = theme.policies;
  const bar = (name: string, color: string, data: readonly number[]) => ({
    type: 'bar',
    name,
    data: data.map(Math.round),
    itemStyle: { color },
    label: { show: true, position: 'top', color: theme.text, fontSize: 10 },
  });
  return drawn(theme, 'Weighted waiting, minutes 加权等待（分钟）', {
    xAxis: category(theme, results.map(labelOf), 'drivers 司机'),
    yAxis: amount(theme, ''),
    series: [
      bar(
        policyNames.nearestFirst,
        first,
        results.map(({ nearestFirst }) => nearestFirst.weightedMinutes),
      ),
      bar(
        policyNames.yizhan,
        second,
        results.map(({ yizhan }) => yizhan.weightedMinutes),
      ),
      bar(
        policyNames.hindsight,
        third,
        results.map(({ hindsightAtLeast }) => hindsightAtLeast),
      ),
    ],
  });
}

/** When trucks waited. */
export function waitingByHour({ nearestFirst, yizhan }: StudyResult, theme: Theme): string {
  const hours = yizhan.byHour.map((_minutes, hour) => `${String(hour % 24).padStart(2, '0')}:00`);
  const line = (name: string, color: string, { byHour }: PolicyFigures) => ({
    type: 'line',
    name,
    data: byHour.map(Math.round),
    symbol: 'none',
    lineStyle: { color },
    itemStyle: { color },
  });
  return drawn(theme, 'Weighted waiting by hour of readiness, minutes 按就绪时刻的加权等待（分钟）', {
    xAxis: category(theme, hours, ''),
    yAxis: amount(theme, ''),
    series: [
      line(policyNames.nearestFirst, theme.policies[0], nearestFirst),
      line(policyNames.yizhan, theme.policies[1], yizhan),
    ],
  });
}

/** How many trucks waited longer than so many minutes. */
export function waitingLonger({ nearestFirst, yizhan }: StudyResult, theme: Theme): string {
  const longest = Math.max(1, nearestFirst.longest, yizhan.longest);
  const steps = Array.from({ length: 61 }, (_, step) => (step * longest) / 60);
  const line = (name: string, color: string, { waits }: PolicyFigures) => ({
    type: 'line',
    name,
    data: steps.map((minutes) => [
      Math.round(minutes),
      Math.round((1_000 * waits.filter((wait) => wait > minutes).length) / Math.max(1, waits.length)) / 10,
    ]),
    symbol: 'none',
    lineStyle: { color },
    itemStyle: { color },
  });
  return drawn(theme, 'Trucks that waited longer, % 等待超过该时长的货车（%）', {
    xAxis: amount(theme, 'minutes 分钟'),
    yAxis: { ...amount(theme, ''), max: 100 },
    series: [
      line(policyNames.nearestFirst, theme.policies[0], nearestFirst),
      line(policyNames.yizhan, theme.policies[1], yizhan),
    ],
  });
}

/** Whom the waiting met. */
export function waitingByPriority({ nearestFirst, yizhan }: StudyResult, theme: Theme): string {
  const priorities = [...new Set([...Object.keys(nearestFirst.byPriority), ...Object.keys(yizhan.byPriority)])];
  const bar = (name: string, color: string, { byPriority }: PolicyFigures) => ({
    type: 'bar',
    name,
    data: priorities.map((priority) => Math.round((byPriority[priority] ?? 0) * 10) / 10),
    itemStyle: { color },
    label: { show: true, position: 'top', color: theme.text, fontSize: 10 },
  });
  return drawn(theme, 'Mean waiting by priority, minutes 按优先级的平均等待（分钟）', {
    xAxis: category(theme, priorities, 'priority 优先级'),
    yAxis: amount(theme, ''),
    series: [
      bar(policyNames.nearestFirst, theme.policies[0], nearestFirst),
      bar(policyNames.yizhan, theme.policies[1], yizhan),
    ],
  });
}

export function labelOf({ drivers, driversPercent }: StudyResult): string {
  return driversPercent === undefined ? String(drivers) : `${drivers} (${driversPercent} %)`;
}

function drawn(theme: Theme, title: string, option: EChartsCoreOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: 'system-ui, sans-serif', color: theme.text },
    title: { text: title, textStyle: { fontSize: 14, fontWeight: 'normal', color: theme.text } },
    legend: { bottom: 0, textStyle: { color: theme.text } },
    grid: { left: 64, right: 72, top: 48, bottom: 64 },
    ...option,
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

function category(theme: Theme, data: readonly string[], name: string): object {
  return { type: 'category', data, name, ...axis(theme) };
}

function amount(theme: Theme, name: string): object {
  return { type: 'value', name, ...axis(theme), splitLine: { lineStyle: { color: theme.line } } };
}

function axis(theme: Theme): object {
  return {
    axisLabel: { color: theme.text },
    axisLine: { lineStyle: { color: theme.line } },
    nameTextStyle: { color: theme.text },
  };
}
