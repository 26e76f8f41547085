import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { yizhan } from '../api/yizhan.js';
import { Choices, Field, Step } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { serverNow } from '../live/use-now.js';
import { ExpectedWaitText } from './expected-wait.js';
import type { LendingShown } from './lending-panel.js';
import { PlanEffectText } from './plan-effect.js';
import { reasons } from './reasons.js';
import { useAreaChange } from './use-area-change.js';
import { mostPerHour, type ThrottleDraft, useThrottlePreview } from './use-throttles.js';

const hours = ['1', '4', '12', 'open'] as const;
const hour = 3_600_000;

/** Which lane, how many trucks an hour and until when; who would wait, and for how long, is said before. */
export function ThrottleLane({ areaCode, stations, onDone }: LendingShown & { readonly onDone: () => void }) {
  const { t, codeText, problem } = useTexts();
  const [stationCode, setStation] = useState<string>('');
  const [flow, setFlow] = useState<ThrottleDraft['flow']>('into_zone');
  const [number, setNumber] = useState('');
  const [span, setSpan] = useState<{ readonly hours: (typeof hours)[number]; readonly endsAt?: string }>({
    hours: 'open',
  });
  const [reason, setReason] = useState<(typeof reasons)[number]>('road');
  const trucksPerHour = /^\d{1,4}$/.test(number) ? Number(number) : undefined;
  const draft: ThrottleDraft | undefined =
    trucksPerHour === undefined || trucksPerHour > mostPerHour
      ? undefined
      : {
          flow,
          trucksPerHour,
          ...(stationCode !== '' && { stationCode }),
          ...(span.endsAt !== undefined && { endsAt: span.endsAt }),
        };
  const isWrong = number !== '' && draft === undefined;
  const preview = useThrottlePreview(areaCode, draft);
  const change = useAreaChange(
    areaCode,
    (body: ThrottleDraft & { areaCode: string; reason: string }, headers) =>
      yizhan.laneThrottles.begin({ headers, body }),
    onDone,
  );
  return (
    <Step
      error={change.error}
      isBusy={change.isPending}
      isReady={draft !== undefined && (preview.data !== undefined || preview.error !== null)}
      isDangerous
      label={t('throttle.do_it')}
      onSubmit={() => {
        if (draft) change.mutate({ areaCode, reason, ...draft });
      }}
    >
      <Field label={t('throttle.station')} htmlFor="throttle-station">
        <Select
          id="throttle-station"
          value={stationCode}
          options={[
            { value: '', label: t('throttle.all_stations') },
            ...stations.map(({ stationCode: value, name }) => ({ value, label: name })),
          ]}
          onChange={setStation}
        />
      </Field>
      <Choices
        label={t('throttle.flow')}
        value={flow}
        onChange={setFlow}
        options={[
          { value: 'into_zone', label: t('flow.into_zone') },
          { value: 'out_of_zone', label: t('flow.out_of_zone') },
        ]}
      />
      <Field label={t('throttle.number')} htmlFor="throttle-number">
        <Input
          id="throttle-number"
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          value={number}
          status={isWrong ? 'error' : ''}
          aria-invalid={isWrong}
          aria-describedby="throttle-fault"
          onChange={(event) => setNumber(event.target.value.trim())}
        />
        <p id="throttle-fault" className="centre-fault" role="status">
          {isWrong && t('throttle.bad_number', { most: mostPerHour })}
        </p>
      </Field>
      <Choices
        label={t('throttle.how_long')}
        value={span.hours}
        onChange={(chosen) =>
          setSpan({
            hours: chosen,
            ...(chosen !== 'open' && { endsAt: new Date(serverNow() + Number(chosen) * hour).toISOString() }),
          })
        }
        options={hours.map((value) => ({
          value,
          label: value === 'open' ? t('throttle.until_lifted') : t('throttle.hours', { hours: value }),
        }))}
      />
      <Field label={t('throttle.why')} htmlFor="throttle-reason">
        <Select
          id="throttle-reason"
          value={reason}
          options={reasons.map((value) => ({ value, label: codeText('station_reason', value) }))}
          onChange={setReason}
        />
      </Field>
      {draft && preview.error && (
        <p className="centre-quiet">{t('lever.no_effect', { area: areaCode, why: problem(preview.error) })}</p>
      )}
      {draft && preview.data && (
        <>
          <PlanEffectText areaCode={areaCode} effect={preview.data} />
          <p className="centre-quiet">
            {t('throttle.lane', {
              waiting: preview.data.waitingOnLane,
              announced: preview.data.announcedOnLane,
              last: preview.data.lastHour,
              busiest: preview.data.busiestHour,
            })}{' '}
            <ExpectedWaitText wait={preview.data.wait} />{' '}
            {t('throttle.exempt', { priority: preview.data.exemptFromPriority })}
          </p>
          <p className="centre-quiet">{t('throttle.not_known')}</p>
        </>
      )}
      <Button block onClick={onDone}>
        {t('lever.not_now')}
      </Button>
    </Step>
  );
}
