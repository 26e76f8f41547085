import { Alert, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import type { LendingShown } from './lending-panel.js';
import { useAreaChange } from './use-area-change.js';
import { PlanEffectText } from './plan-effect.js';
import { mostPerHour, type Throttle, useThrottlePreview, useThrottles } from './use-throttles.js';

const ThrottleLane = lazy(async () => ({ default: (await import('./throttle-lane.js')).ThrottleLane }));

/** Lanes of which only so many trucks an hour get a driver; each is lifted by a tap. */
export function ThrottlePanel({ areaCode, stations }: LendingShown) {
  const { t, problem } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useThrottles(areaCode);
  const throttles = data ?? [];
  return (
    <section className="panel centre-throttles" aria-labelledby="centre-throttles">
      <h2 id="centre-throttles">{t('throttle.title', { number: throttles.length })}</h2>
      {error && <Alert role="alert" type="error" showIcon title={problem(error)} />}
      {data?.length === 0 && <p>{t('throttle.none')}</p>}
      <ul className="centre-alert-list">
        {throttles.map((throttle) => (
          <li key={throttle.throttleId} className="centre-alert">
            <ThrottleLine
              areaCode={areaCode}
              throttle={throttle}
              place={stations.find(({ stationCode }) => stationCode === throttle.stationCode)?.name}
            />
          </li>
        ))}
      </ul>
      {isOpen ? (
        <Suspense>
          <ThrottleLane areaCode={areaCode} stations={stations} onDone={() => setOpen(false)} />
        </Suspense>
      ) : (
        <Button onClick={() => setOpen(true)}>{t('throttle.begin')}</Button>
      )}
    </section>
  );
}

interface Line {
  readonly areaCode: string;
  readonly throttle: Throttle;
  /** Name of its station, where it has one. */
  readonly place: string | undefined;
}

function ThrottleLine({ areaCode, throttle, place }: Line) {
  const { t, codeText, problem, timeOf } = useTexts();
  const [isAsked, setAsked] = useState(false);
  const { throttleId, flow, stationCode, trucksPerHour, reason, endsAt } = throttle;
  const lifted = useThrottlePreview(
    areaCode,
    isAsked ? { flow, trucksPerHour: mostPerHour, ...(stationCode !== undefined && { stationCode }) } : undefined,
  );
  const lift = useAreaChange(areaCode, (id: string, headers) =>
    yizhan.laneThrottles.end({ path: { throttleId: id }, headers }),
  );
  return (
    <>
      <p className="centre-alert-what">
        <strong>{place ?? stationCode ?? t('throttle.all_stations')}</strong> ·{' '}
        {flow === 'into_zone' ? t('flow.into_zone') : t('flow.out_of_zone')} ·{' '}
        {t('throttle.at_most', { number: trucksPerHour })}
      </p>
      <p className="centre-alert-who">
        {codeText('station_reason', reason)} ·{' '}
        {endsAt === undefined ? t('throttle.until_lifted') : t('throttle.until', { time: timeOf(endsAt) })}
      </p>
      {lift.error && <Alert role="alert" type="error" showIcon title={problem(lift.error)} />}
      {isAsked ? (
        <div role="group" aria-label={t('throttle.lift')}>
          <p>{t('throttle.lift_asked')}</p>
          {lifted.data && <PlanEffectText areaCode={areaCode} effect={lifted.data} />}
          <Button danger loading={lift.isPending} onClick={() => lift.mutate(throttleId)}>
            {t('throttle.lift_confirmed')}
          </Button>{' '}
          <Button onClick={() => setAsked(false)}>{t('lever.not_now')}</Button>
        </div>
      ) : (
        <Button onClick={() => setAsked(true)}>{t('throttle.lift')}</Button>
      )}
    </>
  );
}
