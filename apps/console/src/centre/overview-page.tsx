import { Alert, Spin } from 'antd';
import { Link } from 'react-router';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { areaPlaces, byNeed } from './area-places.js';
import { CapacityFigures } from './capacity-panel.js';
import './centre-texts.js';
import './centre.css';
import { DataAge } from './data-age.js';
import { percentText } from './percent-text.js';
import { PlaceMap } from './place-map.js';
import { DaysBefore, ScreenFigures } from './screen-figures.js';
import './screen.css';
import { type Overview, useAllPlaces, useOverview } from './use-overview.js';

const mostAreas = 10;

type Areas = Overview['areas'];

/** The screen on the wall for all areas: one sheet, renewed several times a second. */
export function OverviewPage() {
  const { t, problem } = useTexts();
  const overview = useOverview();
  const places = useAllPlaces();
  const title = t('centre.overview');
  useTitle(title);
  const failure = overview.error ?? places.error;
  const areas = overview.data?.areas ?? [];
  const names = places.data?.names ?? new Map<string, string>();
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{title}</h1>
        {overview.data && (
          <DataAge asOf={overview.data.asOf} readAt={overview.dataUpdatedAt} isFailing={failure !== null} />
        )}
        <Link to="/">{t('centre.leave_screen')}</Link>
      </header>
      {failure && <Alert role="alert" type="error" showIcon title={problem(failure)} />}
      {!overview.data || !places.data ? (
        !failure && <Spin />
      ) : (
        <div className="screen-grid">
          <AllFigures areas={areas} />
          <div className="screen-middle">
            <AreaMap areas={areas} names={names} stations={places.data.stations} />
            <section className="screen-panel" aria-labelledby="screen-capacity">
              <h2 id="screen-capacity">{t('centre.capacity')}</h2>
              <CapacityFigures figures={overview.data.capacity} />
            </section>
          </div>
          <div className="screen-side">
            <AreasInNeed areas={areas} names={names} />
            <DaysBefore {...overview.data.lastHour} />
          </div>
        </div>
      )}
    </div>
  );
}

function AllFigures({ areas }: { readonly areas: Areas }) {
  const { t } = useTexts();
  const sum = (of: (area: Areas[number]) => number): number => areas.reduce((total, area) => total + of(area), 0);
  return (
    <ScreenFigures
      shown={[
        [t('centre.areas'), areas.length],
        [t('centre.arrivals_in'), sum(({ arrivalsIn }) => arrivalsIn)],
        [t('centre.arrivals_out'), sum(({ arrivalsOut }) => arrivalsOut)],
        [t('centre.departures'), sum(({ departures }) => departures)],
        [t('centre.queued_outside'), sum(({ queuedOutside }) => queuedOutside)],
        [t('centre.waiting_for_driver'), sum(({ waitingForDriver }) => waitingForDriver)],
        [
          t('centre.drivers'),
          `${sum(({ driversIdle }) => driversIdle)} / ${sum(({ driversOnDuty }) => driversOnDuty)}`,
        ],
        [t('centre.runs'), `${sum(({ runsOverdue }) => runsOverdue)} / ${sum(({ runsOut }) => runsOut)}`],
      ]}
    />
  );
}

interface AreasShown {
  readonly areas: Areas;
  readonly names: ReadonlyMap<string, string>;
}

interface AreasOnMap extends AreasShown {
  readonly stations: Parameters<typeof areaPlaces>[1];
}

function AreaMap({ areas, names, stations }: AreasOnMap) {
  const { t, codeText } = useTexts();
  const places = areaPlaces(areas, stations).map(({ areaCode, status, trucks, waiting, ...place }) => {
    const name = names.get(areaCode) ?? areaCode;
    return {
      ...place,
      code: areaCode,
      name,
      status,
      trucks,
      to: `/centre/${areaCode}/screen`,
      title: t('centre.place', { name, status: codeText('station_state', status), trucks, waiting }),
      figures: t('centre.place_figures', { trucks, waiting }),
    };
  });
  return <PlaceMap label={t('centre.map_of_areas')} places={places} />;
}

/** The areas that need somebody, with what they keep up as enterprises report it. */
function AreasInNeed({ areas, names }: AreasShown) {
  const { t } = useTexts();
  return (
    <section className="screen-panel" aria-labelledby="screen-areas">
      <h2 id="screen-areas">{t('centre.areas_in_need')}</h2>
      <table className="centre-table">
        <thead>
          <tr>
            <th scope="col">{t('centre.area')}</th>
            <th scope="col">{t('centre.alerts_short')}</th>
            <th scope="col">{t('centre.waiting_short')}</th>
            <th scope="col">{t('centre.capacity')}</th>
          </tr>
        </thead>
        <tbody>
          {byNeed(areas)
            .slice(0, mostAreas)
            .map(({ areaCode, alertsCritical, alertsWarn, waitingForDriver, queuedOutside, capacity }) => (
              <tr key={areaCode}>
                <th scope="row">
                  <Link to={`/centre/${areaCode}/screen`}>{names.get(areaCode) ?? areaCode}</Link>
                </th>
                <td>
                  ▲{alertsCritical} △{alertsWarn}
                </td>
                <td>{waitingForDriver + queuedOutside}</td>
                <td>{percentText(capacity.find(({ source }) => source === 'reported')?.ofAllPercent)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
