import { Alert } from 'antd';
import { Link } from 'react-router';
import { useTexts } from '../i18n/use-texts.js';
import { useName } from '../names/use-names.js';
import { durationText } from './durations.js';
import { type LineStop, useLineStops } from './use-capacity.js';

const most = 20;

export interface LineStopsShown {
  readonly areaCode: string;
  /** Stations whose trucks are shown. */
  readonly stationCodes: ReadonlySet<string>;
}

/** Which truck, if it waits two hours more, stops which line; the scheduler goes by the same list. */
export function LineStopsPanel({ areaCode, stationCodes }: LineStopsShown) {
  const { t, problem } = useTexts();
  const { data, error } = useLineStops(areaCode);
  const trucks = (data?.trucks ?? []).filter(({ stationCode }) => stationCodes.has(stationCode));
  return (
    <section className="panel" aria-labelledby="centre-line-stops">
      <h2 id="centre-line-stops">
        {t('centre.line_stops', { number: trucks.filter(({ isAtRisk }) => isAtRisk).length })}
      </h2>
      {error && <Alert role="alert" type="error" showIcon title={problem(error)} />}
      <p className="centre-quiet">{t('centre.line_stops_mean')}</p>
      {data && trucks.length === 0 && <p>{t('centre.no_line_stops')}</p>}
      <LineStops trucks={trucks.slice(0, most)} />
    </section>
  );
}

/** The trucks, the most urgent first. */
export function LineStops({ trucks }: { readonly trucks: readonly LineStop[] }) {
  const { t } = useTexts();
  return (
    <ol className="line-stops">
      {trucks.map(({ visitId, plate, enterpriseId, category, stopsLineAt, slackSeconds, isAtRisk, priority }) => (
        <li
          key={`${visitId} ${enterpriseId} ${category}`}
          className={`centre-alert ${isAtRisk ? 'centre-alert-critical' : ''}`}
        >
          <strong>
            {isAtRisk && <span aria-hidden="true">▲ </span>}
            <Link to={`/truck/${visitId}`}>{plate}</Link>
          </strong>{' '}
          <Stops enterpriseId={enterpriseId} category={category} stopsLineAt={stopsLineAt} />
          <br />
          {slackSeconds < 0
            ? t('centre.line_too_late', { time: durationText(-slackSeconds) })
            : t('centre.line_slack', { time: durationText(slackSeconds) })}{' '}
          · {t('centre.line_priority', { priority })}
        </li>
      ))}
    </ol>
  );
}

function Stops({ enterpriseId, category, stopsLineAt }: Pick<LineStop, 'enterpriseId' | 'category' | 'stopsLineAt'>) {
  const { t, timeOf } = useTexts();
  const enterprise = useName('enterprise', enterpriseId);
  return t('centre.line_stop', { enterprise, category, time: timeOf(stopsLineAt) });
}
