import type { CentreReportResponse } from './report.dto.js';
import type { Table } from './table.js';
import type { Words } from './words.js';

type Report = CentreReportResponse;

export const alerts = (report: Report, words: Words): Table =>
  words.table(
    'alerts',
    [
      ['rule', 'text'],
      ['stood', 'count'],
      ['critical', 'count'],
      ['acknowledged', 'count'],
      ['escalated', 'count'],
      ['at_end', 'count'],
      ['longest', 'duration'],
    ],
    report.alertRules.map(({ rule, stood, critical, acknowledged, escalated, atEnd, longestSeconds }) => [
      words.names.rule(rule),
      stood,
      critical,
      acknowledged,
      escalated,
      atEnd,
      longestSeconds,
    ]),
  );

export const alertList = (report: Report, words: Words): Table =>
  words.table(
    'alert_list',
    [
      ['opened_at', 'instant'],
      ['resolved_at', 'instant'],
      ['rule', 'text'],
      ['station', 'text'],
      ['licence', 'text'],
      ['level', 'text'],
      ['acknowledged_by', 'text'],
    ],
    report.alerts.map(
      ({ rule, stationCode, label, level, openedAt, resolvedAt, acknowledgedBy, acknowledgedBeforeBy }) => [
        Date.parse(openedAt),
        resolvedAt === undefined ? null : Date.parse(resolvedAt),
        words.names.rule(rule),
        words.names.place(stationCode),
        label,
        words.names.code(level),
        acknowledgedBy ?? acknowledgedBeforeBy ?? '',
      ],
    ),
    30,
  );
