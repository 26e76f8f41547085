import { Alert, Spin } from 'antd';
import { Link, useParams } from 'react-router';
import { clockText, minutesSince } from '../board/phases.js';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { useNow } from '../live/use-now.js';
import { measuredText } from './measured-text.js';
import { byUrgency } from './by-urgency.js';
import { againstDaysBefore } from './days-before.js';
import { CapacityFigures } from './capacity-panel.js';
import { DataAge } from './data-age.js';
import './centre-texts.js';
import './centre.css';
import './screen.css';
import { LineStops } from './line-stops-panel.js';
import { DaysBefore, ScreenFigures } from './screen-figures.js';
import { stationRows, type Summary, summaryOf } from './standings.js';
import { StationMap } from './station-map.js';
import { type CapacityFigure, type LineStop, useCapacity, useLineStops } from './use-capacity.js';
import { atOnce, type CentreAlert, useCentreAlerts, useCentreBoard, useCentreStations } from './use-centre.js';

const day = 24;
const week = 7 * day;
/** Milliseconds: what the hour before was changes but when something is told late. */
const everyTenSeconds = 10_000;
const mostAlerts = 5;
const mostLines = 3;

const hasEnterprises = (figures: readonly CapacityFigure[]): boolean => (figures[0]?.enterprises ?? 0) > 0;

/** The screen on the wall: one sheet that fills 16 to 9 of any size, dark, to be read from five metres. */
export function ScreenPage() {
  const { t, problem } = useTexts();
  const { areaCode = '' } = useParams();
  const today = useCentreBoard({ areaCode, countyCode: undefined, hours: day }, atOnce);
  const days = useCentreBoard({ areaCode, countyCode: undefined, hours: week }, everyTenSeconds);
  const alerts = useCentreAlerts(areaCode, atOnce);
  const places = useCentreStations(areaCode);
  const capacity = useCapacity({ areaCode });
  const stops = useLineStops(areaCode);
  const title = t('centre.title', { area: places.data?.area.name ?? areaCode });
  useTitle(title);
  const failure = today.error ?? alerts.error ?? places.error ?? days.error ?? capacity.error ?? stops.error;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{title}</h1>
        {today.data && <DataAge asOf={today.data.asOf} readAt={today.dataUpdatedAt} isFailing={failure !== null} />}
        <Link to={`/centre/${areaCode}`}>{t('centre.leave_screen')}</Link>
      </header>
      {failure && <Alert role="alert" type="error" showIcon title={problem(failure)} />}
      {!today.data || !places.data ? (
        !failure && <Spin />
      ) : (
        <div className="screen-grid">
          <Figures summary={summaryOf(today.data)} />
          <div className="screen-middle">
            <StationMap
              stations={places.data.stations}
              rows={stationRows(places.data.stations, today.data, alerts.data ?? [])}
            />
            {capacity.data && hasEnterprises(capacity.data.figures) && (
              <section className="screen-panel" aria-labelledby="screen-capacity">
                <h2 id="screen-capacity">{t('centre.capacity')}</h2>
                <CapacityFigures figures={capacity.data.figures} />
              </section>
            )}
          </div>
          <div className="screen-side">
            <StandingAlerts alerts={alerts.data ?? []} names={namesOf(places.data.stations)} />
            <LinesAtRisk trucks={stops.data?.trucks ?? []} />
            {days.data && <DaysBefore {...againstDaysBefore(days.data, days.data.to)} />}
          </div>
        </div>
      )}
    </div>
  );
}

const namesOf = (stations: readonly { readonly stationCode: string; readonly name: string }[]) =>
  new Map(stations.map(({ stationCode, name }) => [stationCode, name]));

function Figures({ summary }: { readonly summary: Summary }) {
  const { t } = useTexts();
  const shown: readonly (readonly [string, string | number])[] = [
    [t('centre.arrivals_in'), summary.arrivalsIn],
    [t('centre.arrivals_out'), summary.arrivalsOut],
    [t('centre.departures'), summary.departures],
    [t('centre.queued_outside'), summary.queuedOutside],
    [t('centre.waiting_for_driver'), summary.waitingForDriver],
    [t('centre.drivers'), `${summary.driversIdle} / ${summary.driversOnDuty}`],
    [t('centre.runs'), `${summary.runsOverdue} / ${summary.runsOut}`],
  ];
  return <ScreenFigures shown={shown} />;
}

interface AlertsOnScreen {
  readonly alerts: readonly CentreAlert[];
  readonly names: ReadonlyMap<string, string>;
}

function StandingAlerts({ alerts, names }: AlertsOnScreen) {
  const { t, codeText } = useTexts();
  const now = useNow();
  const urgent = byUrgency(alerts);
  return (
    <section className="screen-panel" aria-labelledby="screen-alerts">
      <h2 id="screen-alerts">{t('centre.alerts', { number: alerts.length })}</h2>
      {alerts.length === 0 && <p>{t('centre.no_alerts')}</p>}
      <ul>
        {urgent.slice(0, mostAlerts).map((alert) => (
          <li key={alert.alertId} className={`centre-alert centre-alert-${alert.level}`}>
            <strong>
              <span aria-hidden="true">{alert.level === 'critical' ? '▲' : '△'}</span>{' '}
              {codeText('alert_rule', alert.rule)}
            </strong>{' '}
            {names.get(alert.stationCode) ?? alert.label}
            <br />
            {measuredText(alert, t)} · {clockText(minutesSince(alert.openedAt, now))}
            {alert.acknowledgedBy !== undefined && <> · ✓ {alert.acknowledgedBy}</>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The lines that stop if their trucks wait two hours more; nothing where there is none. */
function LinesAtRisk({ trucks }: { readonly trucks: readonly LineStop[] }) {
  const { t } = useTexts();
  const atRisk = trucks.filter(({ isAtRisk }) => isAtRisk);
  if (atRisk.length === 0) return null;
  return (
    <section className="screen-panel" aria-labelledby="screen-lines">
      <h2 id="screen-lines">{t('centre.line_stops', { number: atRisk.length })}</h2>
      <LineStops trucks={atRisk.slice(0, mostLines)} />
    </section>
  );
}
