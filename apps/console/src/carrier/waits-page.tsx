import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Skeleton } from 'antd';
import type { WaitsEntryResponse } from '@yizhan/client';
import { useState } from 'react';
import { useDownload } from '../api/use-download.js';
import { asking, yizhan } from '../api/yizhan.js';
import { Plate } from '../frame/plate.js';
import { useTitle } from '../frame/use-title.js';
import { Field } from '../handoff/steps/step-props.js';
import { Name } from '../names/name.js';
import { useTexts } from '../i18n/use-texts.js';
import { useCaller } from '../session/use-session.js';
import { everything } from './everything.js';
import { localInput } from './local-input.js';
import { minutesOf } from './minutes-of.js';

const limit = 200;
const causers = ['station', 'carrier', 'driver_pool'] as const;

/** The waiting statement: what each truck that left on a day waited for, and for whom; the same as a sheet. */
export function WaitsPage() {
  const { t, problem, isEnglish } = useTexts();
  const [day, setDay] = useState(() => localInput(Date.now()).slice(0, 10));
  const { data: caller } = useCaller();
  const carrierId = caller?.carrierId;
  const { data: visits, error } = useQuery({
    queryKey: ['carrier', 'waits', carrierId, day],
    enabled: carrierId !== undefined && day !== '',
    queryFn: () =>
      asking(() =>
        everything((page) =>
          yizhan.carrierReports.waits({ path: { carrierId: carrierId ?? '' }, query: { day, limit, ...page } }),
        ),
      ),
  });
  const download = useDownload();
  const save = (format: 'csv' | 'xlsx'): void =>
    download.mutate({
      name: `waits-${carrierId}-${day}.${format}`,
      read: () =>
        yizhan.carrierReports.waits({
          path: { carrierId: carrierId ?? '' },
          query: { day, format, lang: isEnglish ? 'en' : 'zh' },
          parseAs: 'blob',
        }),
    });
  useTitle(t('carrier.waits'));
  return (
    <section>
      <h1>{t('carrier.waits')}</h1>
      <p>{t('waits.explain')}</p>
      <div className="carrier-steps carrier-period">
        <Field label={t('waits.day')} htmlFor="waits-day">
          <Input id="waits-day" size="large" type="date" value={day} onChange={({ target }) => setDay(target.value)} />
        </Field>
        {(['csv', 'xlsx'] as const).map((format) => (
          <Button
            key={format}
            size="large"
            disabled={carrierId === undefined || day === ''}
            loading={download.isPending && download.variables.name.endsWith(format)}
            onClick={() => save(format)}
          >
            {format === 'csv' ? t('waits.csv') : t('waits.excel')}
          </Button>
        ))}
      </div>
      {(error ?? download.error) && (
        <Alert role="alert" type="error" showIcon title={problem(error ?? download.error)} />
      )}
      {!visits && !error && <Skeleton active />}
      {visits?.length === 0 && <p className="empty">{t('waits.none')}</p>}
      <ul className="carrier-list">
        {visits?.map((visit) => (
          <li key={visit.visitId} className="panel">
            <VisitWaits visit={visit} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function VisitWaits({ visit }: { readonly visit: WaitsEntryResponse }) {
  const { t, codeText, timeOf, dateTimeOf } = useTexts();
  const { plate, stationCode, flow, arrivedAt, calledAt, swappedAt, releasedAt, departedAt, waits, waitedSeconds } =
    visit;
  const times = [
    [t('waits.arrived'), arrivedAt],
    [t('waits.called'), calledAt],
    [t('waits.swapped'), swappedAt],
    [t('waits.released'), releasedAt],
    [t('waits.departed'), departedAt],
  ] as const;
  return (
    <>
      <h2 className="carrier-line">
        <Plate plate={plate} /> <Name kind="station" id={stationCode} /> ·{' '}
        {flow === 'into_zone' ? t('flow.into_zone') : t('flow.out_of_zone')}
      </h2>
      <p>
        {times.map(
          ([label, time]) =>
            time !== undefined && (
              <span key={label} className="wait-time">
                {label} <time dateTime={time}>{dateTimeOf(time)}</time>{' '}
              </span>
            ),
        )}
      </p>
      <p>
        {causers.map((by) => (
          <span key={by} className="wait-time">
            {codeText('waited_for', by)}{' '}
            <strong>{t('waits.minutes', { count: minutesOf(waitedSeconds[by]) })}</strong>{' '}
          </span>
        ))}
      </p>
      {waits.length > 0 && (
        <ol className="carrier-history">
          {waits.map(({ cause, by, from, to, seconds }) => (
            <li key={`${from} ${cause}`}>
              <span>
                <time dateTime={from}>{timeOf(from)}</time>–<time dateTime={to}>{timeOf(to)}</time>
              </span>
              <span>
                {codeText('wait_cause', cause)} · {codeText('waited_for', by)} ·{' '}
                {t('waits.minutes', { count: minutesOf(seconds) })}
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
