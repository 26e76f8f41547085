import { Wide } from '../frame/wide.js';
import { useTexts } from '../i18n/use-texts.js';
import { durationText } from './durations.js';
import type { CentreBoard } from './use-centre.js';

type Figure = CentreBoard['figures'][number];

/** Figures of how long it takes, by whose time it is: what the station controls, and what the driver lives through. */
const ofStation = ['dwell', 'queue_inside', 'driver_wait', 'swap_time'] as const;
const ofDriver = ['turn_time', 'queue_outside'] as const;

/** The time that a station controls beside the time that drivers live through; visits with an exception are never left out. */
export function Times({ figures }: { readonly figures: readonly Figure[] }) {
  const { t } = useTexts();
  return (
    <div className="centre-grid">
      <TimesOf title={t('centre.times_station')} kpis={ofStation} figures={figures} />
      <TimesOf title={t('centre.times_driver')} kpis={ofDriver} figures={figures} />
    </div>
  );
}

interface TimesShown {
  readonly title: string;
  readonly kpis: readonly string[];
  readonly figures: readonly Figure[];
}

function TimesOf({ title, kpis, figures }: TimesShown) {
  const { t, codeText } = useTexts();
  const rows = kpis.flatMap((kpi) => figures.filter((figure) => figure.kpi === kpi));
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p>{t('centre.no_times')}</p>
      ) : (
        <Wide className="centre-scroll" label={title}>
          <table className="centre-table">
            <thead>
              <tr>
                <th scope="col">{t('centre.figure')}</th>
                <th scope="col">{t('centre.trucks')}</th>
                <th scope="col">p50</th>
                <th scope="col">p90</th>
                <th scope="col">p95</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ kpi, flow, split, count, p50Seconds, p90Seconds, p95Seconds }) => (
                <tr key={`${kpi} ${flow} ${split}`}>
                  <th scope="row">
                    {codeText('kpi', kpi)}
                    <small>
                      {' '}
                      {flow === 'out_of_zone' ? t('flow.out_of_zone') : t('flow.into_zone')} ·{' '}
                      {codeText('course', split)}
                    </small>
                  </th>
                  <td>{count}</td>
                  {[p50Seconds, p90Seconds, p95Seconds].map((seconds, index) => (
                    <td key={[50, 90, 95][index]}>{seconds === undefined ? '–' : durationText(seconds)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
    </section>
  );
}
