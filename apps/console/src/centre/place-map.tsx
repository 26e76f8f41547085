import { Link } from 'react-router';
import { type Place, project } from './project.js';

/** A station, or an area of several. */
export interface MapPlace {
  readonly code: string;
  readonly name: string;
  readonly location: Place;
  /** Where a click on it leads. */
  readonly to: string;
  /** `open`, `suspended` or `closed`. */
  readonly status: string;
  readonly alert: '' | 'warn' | 'critical';
  readonly trucks: number;
  /** What it is, for who points at it or hears it. */
  readonly title: string;
  readonly figures: string;
}

/** With more of them names would lie over one another: those with something to say keep theirs. */
const mostNames = 12;

/** Where places lie to one another, how they stand and how many trucks are there: no map from anywhere. */
export function PlaceMap({ label, places }: { readonly label: string; readonly places: readonly MapPlace[] }) {
  const points = project(places.map(({ location }) => location));
  const most = Math.max(1, ...places.map(({ trucks }) => trucks));
  // Many places are small ones.
  const size = places.length <= mostNames ? 1 : 0.5;
  return (
    <section className="screen-map" aria-label={label}>
      <svg viewBox="0 0 100 100" role="group" aria-label={label}>
        {places.map(({ code, name, to, status, alert, trucks, title, figures }, index) => {
          const { x, y } = points[index] ?? { x: 50, y: 50 };
          const radius = size * (1.6 + 3.4 * Math.sqrt(trucks / most));
          const isNamed = places.length <= mostNames || alert !== '' || status !== 'open';
          return (
            <Link key={code} to={to}>
              <g
                className={`place place-${status} place-${alert === '' ? 'calm' : alert}`}
                transform={`translate(${x} ${y})`}
              >
                <title>{title}</title>
                <circle r={radius} />
                {status !== 'open' && <path d="M-1.2 -1.2 L1.2 1.2 M1.2 -1.2 L-1.2 1.2" />}
                {isNamed && (
                  <>
                    <text y={radius + 3.2} className="place-name">
                      {name}
                    </text>
                    <text y={radius + 6.2} className="place-figures">
                      {figures}
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
