import type { PrintLanguage } from '@yizhan/print';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { Names, type ReportWord, say } from './report-words.js';
import type { CentreReportResponse } from './report.dto.js';
import { localTime } from './table.js';

use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** A plot as SVG, with nothing in it that moves or is asked for. */
export interface Chart {
  readonly title: string;
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

type Report = CentreReportResponse;

const size = { width: 720, height: 240 };
/** As of the console; told apart in grey too: light, dark, and lines of two kinds. */
const colours = {
  ink: '#14211c',
  line: '#c9d3ce',
  into: '#7fbfae',
  outOf: '#0b6b54',
  departures: '#4b3fb5',
  before: '#8a8f98',
};
/** More bars than that have no names that anybody can read. */
const mostStations = 15;

/** The plots of a report: trucks by the hour, by day, times by day, and stations. */
export function chartsOf(
  report: Report,
  language: PrintLanguage,
  named: Readonly<Record<string, string>> = {},
): Chart[] {
  const word = (name: ReportWord) => say(name, language);
  return [
    byHour(report, word),
    ...(report.days.length > 1 ? [byDay(report, word), timesByDay(report, word)] : []),
    ...(report.stations.length > 1 ? [byStation(report, word, new Names(language, named))] : []),
  ];
}

type Word = (name: ReportWord) => string;

function byHour({ hours, span, utcOffsetMinutes, known }: Report, word: Word): Chart {
  const label = (at: string) => {
    const time = localTime(Date.parse(at), utcOffsetMinutes);
    return span === 'week' ? time.slice(5) : time.slice(11);
  };
  return drawn(word('chart_hours'), {
    xAxis: category(hours.map(({ at }) => label(at))),
    yAxis: amount(),
    series: [
      bar(
        word('arrivals_in'),
        colours.into,
        hours.map(({ arrivalsIn }) => arrivalsIn),
        'arrived',
      ),
      bar(
        word('arrivals_out'),
        colours.outOf,
        hours.map(({ arrivalsOut }) => arrivalsOut),
        'arrived',
      ),
      line(
        word('departures'),
        colours.departures,
        hours.map(({ departures }) => departures),
      ),
      ...(known.daysBefore > 0
        ? [
            line(
              word('departures_before'),
              colours.before,
              hours.map(({ departuresBefore = 0 }) => Math.round(departuresBefore * 10) / 10),
              'dashed',
            ),
          ]
        : []),
    ],
  });
}

const dayLabels = ({ days, utcOffsetMinutes }: Report): string[] =>
  days.map(({ at }) => localTime(Date.parse(at), utcOffsetMinutes).slice(5, 10));

function byDay(report: Report, word: Word): Chart {
  const { days } = report;
  return drawn(word('chart_days'), {
    xAxis: category(dayLabels(report)),
    yAxis: amount(),
    series: [
      bar(
        word('arrivals_in'),
        colours.into,
        days.map(({ arrivalsIn }) => arrivalsIn),
        'arrived',
      ),
      bar(
        word('arrivals_out'),
        colours.outOf,
        days.map(({ arrivalsOut }) => arrivalsOut),
        'arrived',
      ),
      line(
        word('departures'),
        colours.departures,
        days.map(({ departures }) => departures),
      ),
    ],
  });
}

function timesByDay(report: Report, word: Word): Chart {
  const minutes = (seconds: number | undefined) => (seconds === undefined ? null : Math.round(seconds / 6) / 10);
  const { days } = report;
  return drawn(word('chart_times'), {
    xAxis: category(dayLabels(report)),
    yAxis: amount(),
    series: [
      line(
        word('wait_p50'),
        colours.into,
        days.map(({ driverWaitP50Seconds }) => minutes(driverWaitP50Seconds)),
        'dashed',
      ),
      line(
        word('wait_p90'),
        colours.outOf,
        days.map(({ driverWaitP90Seconds }) => minutes(driverWaitP90Seconds)),
      ),
      line(
        word('dwell_p50'),
        colours.before,
        days.map(({ dwellP50Seconds }) => minutes(dwellP50Seconds)),
        'dashed',
      ),
      line(
        word('dwell_p90'),
        colours.departures,
        days.map(({ dwellP90Seconds }) => minutes(dwellP90Seconds)),
      ),
    ],
  });
}

function byStation({ stations }: Report, word: Word, names: Names): Chart {
  const shown = stations
    .toSorted((one, other) => other.departures - one.departures)
    .slice(0, mostStations)
    .toReversed();
  return drawn(
    word('chart_stations'),
    {
      xAxis: amount(),
      yAxis: category(shown.map(({ stationCode }) => names.place(stationCode))),
      grid: { left: 110, right: 40, top: 40, bottom: 36 },
      series: [
        {
          ...bar(
            word('departures'),
            colours.outOf,
            shown.map(({ departures }) => departures),
          ),
          label: { show: true, position: 'right', color: colours.ink, fontSize: 11 },
        },
      ],
    },
    110 + 20 * shown.length,
  );
}

const bar = (name: string, color: string, data: readonly number[], stack?: string): object => ({
  type: 'bar',
  barMaxWidth: 36,
  name,
  data,
  itemStyle: { color },
  ...(stack !== undefined && { stack }),
});

const line = (name: string, color: string, data: readonly (number | null)[], type: 'solid' | 'dashed' = 'solid') => ({
  type: 'line',
  name,
  data,
  symbol: data.length > 1 ? 'none' : 'circle',
  lineStyle: { color, type, width: 2 },
  itemStyle: { color },
});

function drawn(title: string, option: EChartsCoreOption, height = size.height): Chart {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: size.width, height });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: 'sans-serif', color: colours.ink },
    title: { text: title, left: 0, textStyle: { fontSize: 14, fontWeight: 'normal', color: colours.ink } },
    // Drawn without the fonts of whoever shows it, whose letters may be wider.
    legend: { bottom: 0, itemGap: 24, itemHeight: 10, textStyle: { color: colours.ink, fontSize: 11 } },
    grid: { left: 48, right: 40, top: 48, bottom: 56 },
    ...option,
  });
  // As large as whoever shows it wants: it has a view box.
  const svg = chart.renderToSVGString().replace(/^<svg width="\d+" height="\d+"/, '<svg');
  chart.dispose();
  return { title, svg, width: size.width, height };
}

const axis = {
  axisLabel: { color: colours.ink, fontSize: 11 },
  axisLine: { lineStyle: { color: colours.line } },
};

const category = (data: readonly string[]): object => ({ type: 'category', data, ...axis });

const amount = (): object => ({
  type: 'value',
  minInterval: 1,
  ...axis,
  splitLine: { lineStyle: { color: colours.line } },
});
