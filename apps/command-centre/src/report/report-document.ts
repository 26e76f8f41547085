import { toIso } from '@yizhan/kernel';
import type { PrintLanguage } from '@yizhan/print';
import { tablesOf } from './report-tables.js';
import type { CentreReportResponse } from './report.dto.js';
import { localTime, type ReportDocument } from './table.js';
import { Words } from './words.js';

type Report = CentreReportResponse;

const mostAlerts = 1_000;

/** The report in words and tables. @param named areas and stations by their codes */
export function documentOf(
  report: Report,
  language: PrintLanguage,
  named: Readonly<Record<string, string>> = {},
): ReportDocument {
  const words = new Words(language, named);
  const { areaCode, countyCode, from, to, asOf, span, utcOffsetMinutes } = report;
  const { countedSince } = report.known;
  const time = (instant: string) => localTime(Date.parse(instant), utcOffsetMinutes);
  const place = words.names.place(areaCode);
  return {
    title: `${words.say(span === 'week' ? 'title_week' : 'title_day')} · ${place}`,
    lines: [
      [
        place === areaCode ? areaCode : `${place} (${areaCode})`,
        ...(countyCode === undefined ? [] : [`${words.say('county')} ${countyCode}`]),
        `${words.say('period')} ${time(from)} – ${time(to)} (UTC${offsetText(utcOffsetMinutes)})`,
        `${words.say('as_of')} ${time(asOf)}`,
      ].join(' · '),
      ...(countedSince !== undefined && Date.parse(countedSince) >= Date.parse(to)
        ? [words.say('not_counted_then', { time: time(countedSince) })]
        : []),
    ],
    tables: tablesOf(report, words),
    notes: notesOf(report, words),
  };
}

function notesOf(report: Report, words: Words): string[] {
  const { known, isOver, asOf, utcOffsetMinutes } = report;
  const time = (instant: string) => localTime(Date.parse(instant), utcOffsetMinutes);
  const notes: string[] = [];
  if (!isOver) notes.push(words.say('running', { time: time(asOf) }));
  if (known.daysBefore > 0) notes.push(words.say('compared', { days: known.daysBefore }));
  else notes.push(words.say('not_compared'));
  if (known.countedSince === undefined) notes.push(words.say('counted_never'));
  else if (known.daysBefore < 7) notes.push(words.say('counted_since', { time: time(known.countedSince) }));
  if (known.stationsWithoutTrucks.length > 0) {
    const names = known.stationsWithoutTrucks.map((code) => words.names.place(code));
    notes.push(words.say('silent', { stations: names.join(words.language === 'zh' ? '、' : ', ') }));
  }
  if (!isOver && known.trucksOnSite > 0) notes.push(words.say('on_site', { number: known.trucksOnSite }));
  const atStations = report.stations.reduce((sum, station) => sum + station.exceptions, 0);
  const atNone = report.total.exceptions - atStations;
  if (atNone > 0) notes.push(words.say('no_station', { number: atNone }));
  if (known.eventsHeldUp > 0) notes.push(words.say('held_up', { number: known.eventsHeldUp }));
  if (known.eventsToCome > 0) notes.push(words.say('to_come', { number: known.eventsToCome }));
  for (const { source, covered, enterprises } of report.capacity) {
    if (covered === enterprises) continue;
    notes.push(words.say('coverage', { source: words.names.source(source), covered, enterprises }));
  }
  if (report.alerts.length >= mostAlerts) notes.push(words.say('alerts_left_out', { number: mostAlerts }));
  notes.push(words.say('late'), words.say('definitions'));
  return notes;
}

function offsetText(minutes: number): string {
  return `${minutes < 0 ? '-' : '+'}${toIso(Math.abs(minutes) * 60_000).slice(11, 16)}`;
}
