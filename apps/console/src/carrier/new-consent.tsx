import { useQuery } from '@tanstack/react-query';
import { Alert, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { asking, yizhan } from '../api/yizhan.js';
import { Choices, Field, Step } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { everything } from './everything.js';
import { useCarrierChange } from './use-carrier.js';

type Body = Parameters<typeof yizhan.consents.give>[0]['body'];
const scopes = ['standing', 'lane', 'truck'] as const;
const flows = ['into_zone', 'out_of_zone'] as const;
const anywhere = 'any';

/** What a consent is for; where the carrier works in one area only, that is the one. */
export function NewConsent({ onGiven }: { readonly onGiven: () => void }) {
  const { t, problem, codeText } = useTexts();
  const [scope, setScope] = useState<(typeof scopes)[number]>('standing');
  const [flow, setFlow] = useState<(typeof flows)[number]>('into_zone');
  const [station, setStation] = useState<string>(anywhere);
  const [chosenArea, setArea] = useState<string>();
  const [plate, setPlate] = useState('');
  const [until, setUntil] = useState('');
  const { data: stations, error } = useQuery({
    queryKey: ['carrier', 'stations'],
    queryFn: () => asking(() => everything((page) => yizhan.stations.list({ query: { limit: 200, ...page } }))),
  });
  const give = useCarrierChange((body: Body, headers) => yizhan.consents.give({ headers, body }), onGiven);
  if (error) return <Alert type="error" showIcon title={problem(error)} />;
  if (!stations) return <Skeleton active />;
  const areas = [...new Set(stations.map(({ areaCode }) => areaCode))];
  const areaCode = chosenArea ?? areas[0];
  const here = stations.filter((each) => each.areaCode === areaCode).map(({ stationCode }) => stationCode);
  const send = (): void => {
    if (areaCode === undefined) return;
    give.mutate({
      scope,
      areaCode,
      ...(scope === 'lane' && { flow, ...(here.includes(station) && { stationCode: station }) }),
      ...(scope === 'truck' && { plate: plate.trim().toUpperCase() }),
      ...(until !== '' && { validUntil: new Date(until).toISOString() }),
    });
  };
  return (
    <Step
      error={give.error}
      isBusy={give.isPending}
      isReady={areaCode !== undefined && (scope !== 'truck' || plate.trim() !== '')}
      label={t('consent.give')}
      onSubmit={send}
    >
      <Choices
        label={t('consent.for_what')}
        value={scope}
        onChange={setScope}
        options={scopes.map((value) => ({ value, label: codeText('consent_scope', value) }))}
      />
      {areas.length > 1 && (
        <Choices
          label={t('consent.area')}
          value={areaCode}
          onChange={setArea}
          options={areas.map((value) => ({ value, label: value }))}
        />
      )}
      {scope === 'lane' && (
        <>
          <Choices
            label={t('consent.flow')}
            value={flow}
            onChange={setFlow}
            options={[
              { value: 'into_zone', label: t('flow.into_zone') },
              { value: 'out_of_zone', label: t('flow.out_of_zone') },
            ]}
          />
          <Choices
            label={t('consent.station')}
            value={station}
            onChange={setStation}
            options={[anywhere, ...here].map((value) => ({
              value,
              label: value === anywhere ? t('consent.every_station') : value,
            }))}
          />
        </>
      )}
      {scope === 'truck' && (
        <Field label={t('consent.plate')} htmlFor="consent-plate">
          <Input
            id="consent-plate"
            size="large"
            autoComplete="off"
            value={plate}
            onChange={({ target }) => setPlate(target.value)}
          />
        </Field>
      )}
      <Field label={t('consent.valid_until')} htmlFor="consent-until">
        <Input
          id="consent-until"
          size="large"
          type="datetime-local"
          value={until}
          onChange={({ target }) => setUntil(target.value)}
        />
      </Field>
    </Step>
  );
}
