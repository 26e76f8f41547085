import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { Link } from 'react-router';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { clockText, minutesSince } from '../board/phases.js';
import { type Texts, useTexts } from '../i18n/use-texts.js';
import { useNow } from '../live/use-now.js';
import { byUrgency } from './by-urgency.js';
import { durationText } from './durations.js';
import type { CentreAlert, CentreStation } from './use-centre.js';

export interface AlertsShown {
  readonly areaCode: string;
  readonly alerts: readonly CentreAlert[];
  readonly stations: readonly CentreStation[];
}

/** What stands and asks for somebody: the gravest that nobody is at first. */
export function AlertsPanel({ areaCode, alerts, stations }: AlertsShown) {
  const { t } = useTexts();
  const names = new Map(stations.map(({ stationCode, name }) => [stationCode, name]));
  return (
    <section className="panel centre-alerts" aria-labelledby="centre-alerts">
      <h2 id="centre-alerts">{t('centre.alerts', { number: alerts.length })}</h2>
      {alerts.length === 0 && <p>{t('centre.no_alerts')}</p>}
      <ul className="centre-alert-list">
        {byUrgency(alerts).map((alert) => (
          <li key={alert.alertId} className={`centre-alert centre-alert-${alert.level}`}>
            <AlertLine areaCode={areaCode} alert={alert} place={names.get(alert.stationCode) ?? alert.stationCode} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AlertShown {
  readonly areaCode: string;
  readonly alert: CentreAlert;
  /** Name of its station; empty for what is of the whole area. */
  readonly place: string;
}

function AlertLine({ areaCode, alert, place }: AlertShown) {
  const { t, codeText, problem, timeOf } = useTexts();
  const now = useNow();
  const client = useQueryClient();
  const { alertId, rule, level, label, openedAt, acknowledgedBy, escalatedAt, subjects, isQuiet } = alert;
  const change = useChange(
    (_input: 'acknowledge', headers) => yizhan.alerts.acknowledge({ path: { areaCode, alertId }, headers }),
    () => void client.invalidateQueries({ queryKey: ['centre', areaCode, 'alerts'] }),
  );
  const visits = subjects.flatMap((subject) => (subject.startsWith('visit/') ? [subject.slice('visit/'.length)] : []));
  return (
    <>
      <p className="centre-alert-what">
        <strong>
          <span aria-hidden="true">{level === 'critical' ? '▲' : '△'}</span> {codeText('alert_level', level)}{' '}
          {codeText('alert_rule', rule)}
        </strong>
        {place !== '' && <span> · {place}</span>}
        {label !== '' && <span> · {t('centre.licence', { licence: label })}</span>}
        <span> · {measuredText(alert, t)}</span>
      </p>
      <p className="centre-alert-who">
        {t('centre.since', { clock: clockText(minutesSince(openedAt, now)) })}
        {escalatedAt !== undefined && (
          <span className="badge badge-held">! {t('centre.escalated', { time: timeOf(escalatedAt) })}</span>
        )}
        {isQuiet && <span className="badge">{t('centre.quiet')}</span>}
        {acknowledgedBy !== undefined && <span> ✓ {t('centre.acknowledged', { person: acknowledgedBy })}</span>}
        {visits.map((visitId, index) => (
          <Link key={visitId} to={`/truck/${visitId}`}>
            {t('centre.truck', { number: index + 1 })}
          </Link>
        ))}
      </p>
      {change.error && <Alert role="alert" type="error" showIcon title={problem(change.error)} />}
      {acknowledgedBy === undefined && (
        <Button onClick={() => change.mutate('acknowledge')} loading={change.isPending}>
          {t('centre.acknowledge')}
        </Button>
      )}
    </>
  );
}

/** What the rule has measured, and from which value on it stands. */
export function measuredText({ unit, value, threshold, count }: CentreAlert, t: Texts['t']): string {
  switch (unit) {
    case 'seconds':
      return t('centre.measured_time', { value: durationText(value), from: durationText(threshold), trucks: count });
    case 'trucks_per_bay':
      return t('centre.measured_bays', { value: value.toFixed(1), from: threshold, trucks: count });
    default:
      return t('centre.measured_trucks', { value, from: threshold });
  }
}
