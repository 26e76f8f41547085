import { Alert, Skeleton } from 'antd';
import { Wide } from '../frame/wide.js';
import { useTexts } from '../i18n/use-texts.js';
import { percentText } from './percent-text.js';
import {
  type AreaCapacity,
  type CapacityFigure,
  type CapacityPlace,
  useCapacity,
  useCapacityDays,
} from './use-capacity.js';

/** What enterprises keep up, from three sources that stand apart, each with how many it tells of. */
export function CapacityPanel(place: CapacityPlace) {
  const { t, problem } = useTexts();
  const capacity = useCapacity(place);
  const days = useCapacityDays(place);
  const failure = capacity.error ?? days.error;
  return (
    <section className="panel centre-capacity" aria-labelledby="centre-capacity">
      <h2 id="centre-capacity">{t('centre.capacity')}</h2>
      {failure && <Alert role="alert" type="error" showIcon title={problem(failure)} />}
      {capacity.data ? (
        <Capacity
          capacity={capacity.data}
          days={days.data?.days ?? []}
          none={place.countyCode === undefined ? t('centre.no_capacity') : t('centre.no_capacity_here')}
        />
      ) : (
        !failure && <Skeleton active />
      )}
    </section>
  );
}

interface CapacityShown {
  readonly capacity: AreaCapacity;
  readonly days: AreaCapacity['days'];
  /** Said where there is no enterprise that counts. */
  readonly none: string;
}

function Capacity({ capacity: { figures, counties }, days, none }: CapacityShown) {
  const { t, dateOf } = useTexts();
  if ((figures[0]?.enterprises ?? 0) === 0) return <p>{none}</p>;
  return (
    <>
      <CapacityFigures figures={figures} />
      <p className="centre-quiet">{t('centre.capacity_means')}</p>
      <CapacityTable
        caption={t('centre.capacity_counties')}
        rows={counties.map(({ countyCode, figures: own }) => [t('centre.county_code', { code: countyCode }), own])}
      />
      <details>
        <summary>{t('centre.capacity_days')}</summary>
        <CapacityTable
          caption={t('centre.capacity_days')}
          rows={days.toReversed().map(({ at, figures: own }) => [dateOf(lastInstantOf(at)), own])}
        />
      </details>
    </>
  );
}

/** The end of a day is the first instant of the next. */
const lastInstantOf = (end: string): string => new Date(Date.parse(end) - 1).toISOString();

/** One figure for each source: at least how much of all, and of how many it is known. */
export function CapacityFigures({ figures }: { readonly figures: readonly CapacityFigure[] }) {
  const { t, codeText } = useTexts();
  return (
    <dl className="centre-figures capacity-figures">
      {figures.map(({ source, ofAllPercent, ofCoveredPercent, covered, enterprises }) => (
        <div key={source} className={`capacity-${source}`}>
          <dt>{codeText('capacity_source', source)}</dt>
          <dd>
            {percentText(ofAllPercent)}
            <small>
              {t('centre.covered', { covered, enterprises })} ·{' '}
              {t('centre.of_covered', { percent: percentText(ofCoveredPercent) })}
            </small>
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface TableShown {
  readonly caption: string;
  readonly rows: readonly (readonly [string, readonly CapacityFigure[]])[];
}

function CapacityTable({ caption, rows }: TableShown) {
  const { t, codeText } = useTexts();
  const sources = rows[0]?.[1].map(({ source }) => source) ?? [];
  return (
    <Wide className="centre-scroll" label={caption}>
      <table className="centre-table">
        <thead>
          <tr>
            <th scope="col">{caption}</th>
            {sources.map((source) => (
              <th key={source} scope="col">
                {codeText('capacity_source', source)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, figures]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {figures.map(({ source, ofAllPercent, covered, enterprises }) => (
                <td key={source}>
                  {percentText(ofAllPercent)} <small>{t('centre.covered_short', { covered, enterprises })}</small>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}
