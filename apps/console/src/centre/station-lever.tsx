import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useChange } from '../api/use-change.js';
import { asking, type keyed, yizhan } from '../api/yizhan.js';
import { Choices, Field, Step } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { Outlooks } from './outlooks.js';
import { PlanEffectText } from './plan-effect.js';
import { reasons } from './reasons.js';
import type { CentreStation } from './use-centre.js';

/** The state that each step leads to. */
const leadsTo = { suspend: 'suspended', close: 'closed', resume: 'open', reopen: 'open' } as const;

type StationStep = keyof typeof leadsTo;

interface Levered {
  readonly areaCode: string;
  readonly stations: readonly CentreStation[];
  readonly onDone: () => void;
}

/** Opens, suspends or closes a station; which trucks would wait longer or less is said before. */
export function StationLever({ areaCode, stations, onDone }: Levered) {
  const { t, codeText, problem } = useTexts();
  const client = useQueryClient();
  const [stationCode, setStation] = useState<string>();
  const [chosen, setStep] = useState<StationStep>();
  const [reason, setReason] = useState<(typeof reasons)[number]>('weather');
  const station = stations.find((each) => each.stationCode === stationCode);
  const open: readonly StationStep[] = station?.allowedSteps ?? [];
  const step = chosen !== undefined && open.includes(chosen) ? chosen : undefined;
  const preview = useQuery({
    queryKey: ['centre', areaCode, 'state-preview', stationCode, step],
    enabled: station !== undefined && step !== undefined,
    queryFn: () =>
      asking(() =>
        yizhan.stations.previewState({
          path: { stationCode: stationCode ?? '' },
          query: { state: leadsTo[step ?? 'resume'] },
        }),
      ),
    refetchInterval: 5_000,
  });
  const change = useChange(
    (input: { stationCode: string; step: StationStep; reason: string }, headers) => take(input, headers),
    () => {
      void client.invalidateQueries({ queryKey: ['centre', areaCode] });
      onDone();
    },
  );
  return (
    <Step
      error={change.error}
      isBusy={change.isPending}
      isReady={step !== undefined && (preview.data !== undefined || preview.error !== null)}
      isDangerous={step === 'suspend' || step === 'close'}
      label={step === undefined ? t('lever.do_it') : codeText('station_step', step)}
      onSubmit={() => {
        if (stationCode !== undefined && step !== undefined) change.mutate({ stationCode, step, reason });
      }}
    >
      <Field label={t('lever.station')} htmlFor="lever-station">
        <Select
          id="lever-station"
          showSearch
          filterOption={(input, option) =>
            `${option?.value} ${option?.label}`.toLowerCase().includes(input.toLowerCase())
          }
          value={stationCode}
          placeholder={t('lever.choose_station')}
          options={stations.map(({ stationCode: value, name, state }) => ({
            value,
            label: `${name} · ${codeText('station_state', state)}`,
          }))}
          onChange={setStation}
        />
      </Field>
      {open.length > 0 && (
        <Choices
          label={t('lever.what')}
          value={step}
          onChange={setStep}
          options={open.map((value) => ({ value, label: codeText('station_step', value) }))}
        />
      )}
      {(step === 'suspend' || step === 'close') && (
        <Field label={t('lever.why')} htmlFor="lever-reason">
          <Select
            id="lever-reason"
            value={reason}
            options={reasons.map((value) => ({ value, label: codeText('station_reason', value) }))}
            onChange={setReason}
          />
        </Field>
      )}
      {step !== undefined && preview.error && (
        <p className="centre-quiet">{t('lever.no_effect', { area: areaCode, why: problem(preview.error) })}</p>
      )}
      {step !== undefined && preview.data && (
        <>
          <PlanEffectText areaCode={areaCode} effect={preview.data} />
          <p className="centre-quiet">
            {t('lever.here', {
              waiting: preview.data.waitingHere,
              notReady: preview.data.notReadyHere,
              announced: preview.data.announcedHere,
              lastHour: preview.data.lastHourHere,
            })}
          </p>
          {(step === 'suspend' || step === 'close') && <Outlooks outlooks={preview.data.others} stations={stations} />}
        </>
      )}
      <Button block onClick={onDone}>
        {t('lever.not_now')}
      </Button>
    </Step>
  );
}

function take(
  { stationCode, step, reason }: { readonly stationCode: string; readonly step: StationStep; readonly reason: string },
  headers: ReturnType<typeof keyed>,
) {
  const { stations } = yizhan;
  const path = { stationCode };
  switch (step) {
    case 'suspend':
      return stations.suspend({ path, headers, body: { reason } });
    case 'close':
      return stations.close({ path, headers, body: { reason } });
    case 'resume':
      return stations.resume({ path, headers });
    case 'reopen':
      return stations.reopen({ path, headers });
  }
}
