import { Link, useParams } from 'react-router';
import { useTexts } from '../i18n/use-texts.js';
import { type Place, project } from './project.js';
import type { StationRow } from './standings.js';

interface MapShown {
  readonly stations: readonly { readonly stationCode: string; readonly location: Place }[];
  readonly rows: readonly StationRow[];
}

/** With more of them names would lie over one another: those with something to say keep theirs. */
const mostNames = 12;

/** Where the stations of an area lie to one another, how they stand and how many trucks wait: no map from anywhere. */
export function StationMap({ stations, rows }: MapShown) {
  const { t, codeText } = useTexts();
  const { areaCode = '' } = useParams();
  const points = project(stations.map(({ location }) => location));
  const most = Math.max(1, ...rows.map(({ onSite, queuedOutside }) => onSite + queuedOutside));
  return (
    <section className="screen-map" aria-label={t('centre.map')}>
      <svg viewBox="0 0 100 100" role="group" aria-label={t('centre.map')}>
        {rows.map((row, index) => {
          const { x, y } = points[index] ?? { x: 50, y: 50 };
          const trucks = row.onSite + row.queuedOutside;
          const radius = 1.6 + 3.4 * Math.sqrt(trucks / most);
          const isNamed = rows.length <= mostNames || row.alert !== '' || row.status !== 'open';
          return (
            <Link key={row.stationCode} to={`/centre/${areaCode}/station/${row.stationCode}`}>
              <g
                className={`place place-${row.status} place-${row.alert === '' ? 'calm' : row.alert}`}
                transform={`translate(${x} ${y})`}
              >
                <title>
                  {t('centre.place', {
                    name: row.name,
                    status: codeText('station_state', row.status),
                    trucks,
                    waiting: row.waitingForDriver + row.queuedOutside,
                  })}
                </title>
                <circle r={radius} />
                {row.status !== 'open' && <path d="M-1.2 -1.2 L1.2 1.2 M1.2 -1.2 L-1.2 1.2" />}
                {isNamed && (
                  <>
                    <text y={radius + 3.2} className="place-name">
                      {row.name}
                    </text>
                    <text y={radius + 6.2} className="place-figures">
                      {t('centre.place_figures', { trucks, waiting: row.waitingForDriver + row.queuedOutside })}
                    </text>
                  </>
                )}
              </g>
            </Link>
          );
        })}
      </svg>
    </section>
  );
}
