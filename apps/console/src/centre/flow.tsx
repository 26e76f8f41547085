import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { Wide } from '../frame/wide.js';
import { useTexts } from '../i18n/use-texts.js';
import { flowByHour } from './standings.js';
import type { CentreBoard } from './use-centre.js';

/** The library of charts is large, and comes after the figures. */
const FlowChart = lazy(async () => ({ default: (await import('./flow-chart.js')).FlowChart }));

/** Trucks through the gates by the hour, as a chart and as a table. */
export function Flow({ board }: { readonly board: CentreBoard }) {
  const { t, dateTimeOf } = useTexts();
  const hours = flowByHour(board, board.from, board.to);
  return (
    <section className="panel centre-flow" aria-labelledby="centre-flow">
      <h2 id="centre-flow">{t('centre.flow')}</h2>
      <Suspense fallback={<Skeleton active />}>
        <FlowChart hours={hours} />
      </Suspense>
      <details>
        <summary>{t('centre.as_table')}</summary>
        <Wide className="centre-scroll" label={t('centre.flow')}>
          <table className="centre-table">
            <thead>
              <tr>
                <th scope="col">{t('centre.hour')}</th>
                <th scope="col">{t('centre.arrivals_in')}</th>
                <th scope="col">{t('centre.arrivals_out')}</th>
                <th scope="col">{t('centre.departures')}</th>
              </tr>
            </thead>
            <tbody>
              {hours.map(({ hour, into, outOf, departures }) => (
                <tr key={hour}>
                  <th scope="row">{dateTimeOf(hour)}</th>
                  <td>{into}</td>
                  <td>{outOf}</td>
                  <td>{departures}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      </details>
    </section>
  );
}
