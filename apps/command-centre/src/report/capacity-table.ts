import type { CapacityFigure } from '../capacity/capacity.dto.js';
import type { CentreReportResponse } from './report.dto.js';
import type { Cell, Table } from './table.js';
import type { Words } from './words.js';

type Report = CentreReportResponse;

export function capacity(report: Report, words: Words): Table {
  const cells = (place: string, figure: CapacityFigure, before: CapacityFigure | undefined): Cell[] => [
    place,
    words.names.source(figure.source),
    figure.ofAllPercent ?? null,
    before?.ofAllPercent ?? null,
    figure.ofCoveredPercent ?? null,
    figure.covered,
    figure.enterprises,
  ];
  const whole = report.capacity.map((figure) =>
    cells(
      words.say('whole'),
      figure,
      report.capacityBefore.find(({ source }) => source === figure.source),
    ),
  );
  const counties = report.capacityCounties.flatMap(({ countyCode, figures }) =>
    figures.map((figure) => cells(`${words.say('county')} ${countyCode}`, figure, undefined)),
  );
  const isKnown = (report.capacity[0]?.enterprises ?? 0) > 0;
  return words.table(
    'capacity',
    [
      ['place', 'text'],
      ['source', 'text'],
      ['kept', 'percent'],
      ['kept_before', 'percent'],
      ['kept_covered', 'percent'],
      ['covered', 'count'],
      ['enterprises', 'count'],
    ],
    isKnown ? [...whole, ...counties] : [],
    30,
  );
}
