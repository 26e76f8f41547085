import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { useColourScheme } from '../frame/colour-scheme.js';
import { useTexts } from '../i18n/use-texts.js';
import type { HourOfFlow } from './standings.js';

register([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Told apart in light and dark, and by who does not see colours: bars, bars with a pattern of their own place, and a line. */
const light = { ink: '#14211c', line: '#c9d3ce', into: '#0b6b54', outOf: '#c77800', departures: '#4b3fb5' };
const dark = { ink: '#e9f0ed', line: '#3a4842', into: '#5fd0b1', outOf: '#ffc53d', departures: '#b3abff' };

/** Arrivals as bars, departures as a line. What it shows stands in a table beside it, for who cannot see it. */
export function FlowChart({ hours }: { readonly hours: readonly HourOfFlow[] }) {
  const { t, timeOf } = useTexts();
  const { isDark } = useColourScheme();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const drawn = init(element, undefined, { renderer: 'svg' });
    chart.current = drawn;
    const watch = new ResizeObserver(() => drawn.resize());
    watch.observe(element);
    return () => {
      watch.disconnect();
      drawn.dispose();
      chart.current = undefined;
    };
  }, []);
  const colours = isDark ? dark : light;
  useEffect(() => {
    const element = place.current;
    // What is written is measured before it is drawn: the font must have its name.
    const fontFamily = element ? getComputedStyle(element).fontFamily : 'sans-serif';
    const axis = { axisLabel: { color: colours.ink }, axisLine: { lineStyle: { color: colours.line } } };
    chart.current?.setOption({
      animation: false,
      textStyle: { fontFamily, color: colours.ink },
      grid: { left: 8, right: 8, top: 40, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: { top: 0, textStyle: { color: colours.ink } },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: hours.map(({ hour }) => timeOf(hour)), ...axis },
      yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: colours.line } }, ...axis },
      series: [
        { type: 'bar', name: t('centre.arrivals_in'), data: hours.map(({ into }) => into), color: colours.into },
        { type: 'bar', name: t('centre.arrivals_out'), data: hours.map(({ outOf }) => outOf), color: colours.outOf },
        {
          type: 'line',
          name: t('centre.departures'),
          data: hours.map(({ departures }) => departures),
          color: colours.departures,
        },
      ],
    });
  });
  return <div ref={place} className="centre-chart" role="img" aria-label={t('centre.flow_chart')} />;
}
