import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { clockText, minutesSince } from '../board/phases.js';
import { useTexts } from '../i18n/use-texts.js';
import { useNow } from '../live/use-now.js';
import { TruckLink } from '../names/name.js';
import { byUrgency } from './by-urgency.js';
import { measuredText } from './measured-text.js';
import { useCases } from './use-cases.js';
import type { CentreAlert, CentreStation } from './use-centre.js';

const OpenCaseForm = lazy(async () => ({ default: (await import('./open-case.js')).OpenCaseForm }));

export interface AlertsShown {
  readonly areaCode: string;
  readonly alerts: readonly CentreAlert[];
  readonly stations: readonly CentreStation[];
}

/** What stands and asks for somebody: the gravest that nobody is at first. */
export function AlertsPanel({ areaCode, alerts, stations }: AlertsShown) {
  const { t } = useTexts();
  const names = new Map(stations.map(({ stationCode, name }) => [stationCode, name]));
  const { data: cases = [] } = useCases(areaCode, 'open');
  const withCase = new Set(cases.filter((each) => each.areaCode === areaCode).map(({ causeKey }) => causeKey));
  return (
    <section className="panel centre-alerts" aria-labelledby="centre-alerts">
      <h2 id="centre-alerts">{t('centre.alerts', { number: alerts.length })}</h2>
      {alerts.length === 0 && <p>{t('centre.no_alerts')}</p>}
      <ul className="centre-alert-list">
        {byUrgency(alerts).map((alert) => (
          <li key={alert.alertId} className={`centre-alert centre-alert-${alert.level}`}>
            <AlertLine
              areaCode={areaCode}
              alert={alert}
              place={names.get(alert.stationCode) ?? alert.stationCode}
              hasCase={withCase.has(`alert/${alert.key}`)}
            />
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
  /** Whether a case is open for its cause. */
  readonly hasCase: boolean;
}

function AlertLine({ areaCode, alert, place, hasCase }: AlertShown) {
  const { t, codeText, problem, timeOf } = useTexts();
  const now = useNow();
  const client = useQueryClient();
  const [isOpening, setOpening] = useState(false);
  const {
    alertId,
    rule,
    level,
    label,
    openedAt,
    acknowledgedBy,
    escalatedAt,
    subjects,
    isQuiet,
    count,
    acknowledgedBeforeBy,
  } = alert;
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
        {acknowledgedBy === undefined && acknowledgedBeforeBy !== undefined && (
          <span>{t('centre.acknowledged_before', { person: acknowledgedBeforeBy })}</span>
        )}
        {hasCase && <span className="badge">{t('cases.has_one')}</span>}
        {visits.map((visitId, index) => (
          <TruckLink key={visitId} visitId={visitId} otherwise={t('centre.truck', { number: index + 1 })} />
        ))}
        {visits.length > 0 && count > visits.length && <span>{t('centre.of_trucks', { number: count })}</span>}
      </p>
      {change.error && <Alert role="alert" type="error" showIcon title={problem(change.error)} />}
      {isOpening ? (
        <Suspense>
          <OpenCaseForm areaCode={areaCode} cause={{ alertId }} onDone={() => setOpening(false)} />
        </Suspense>
      ) : (
        <div className="case-deeds">
          {acknowledgedBy === undefined && (
            <Button onClick={() => change.mutate('acknowledge')} loading={change.isPending}>
              {t('centre.acknowledge')}
            </Button>
          )}
          {!hasCase && <Button onClick={() => setOpening(true)}>{t('cases.open')}</Button>}
        </div>
      )}
    </>
  );
}
