import { Button, Select } from 'antd';
import { useState } from 'react';
import { plateText } from '../ticket/plate.js';
import { Choices, Field, Step } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { serverNow } from '../live/use-now.js';
import { useName } from '../names/use-names.js';
import type { LendingShown } from './lending-panel.js';
import { Outlooks } from './outlooks.js';
import { reasons } from './reasons.js';
import { type Move, type MoveDraft, useMoveArrivals, useMovePreview } from './use-moves.js';

const spans = ['2', '6', '24'] as const;
const flows = ['both', 'into_zone', 'out_of_zone'] as const;
const hour = 3_600_000;
const shownAtMost = 12;

const endOf = (hours: (typeof spans)[number]) => new Date(serverNow() + Number(hours) * hour).toISOString();

/** From where to where, which trucks, and why; whom it would move and what waiting is to be expected is said before. */
export function MoveArrivals({
  areaCode,
  stations,
  onDone,
}: LendingShown & { readonly onDone: (moved: readonly string[], move?: Move) => void }) {
  const { t, codeText, problem, timeOf } = useTexts();
  const area = useName('area', areaCode);
  const [stationCode, setFrom] = useState<string>();
  const [toStationCode, setTo] = useState<string>();
  const [flow, setFlow] = useState<(typeof flows)[number]>('both');
  const [carrierId, setCarrier] = useState('');
  const [span, setSpan] = useState<{ readonly hours: (typeof spans)[number]; readonly until: string }>(() => ({
    hours: '6',
    until: endOf('6'),
  }));
  const [reason, setReason] = useState<(typeof reasons)[number]>('crowded');
  const isChosen = stationCode !== undefined && toStationCode !== undefined && stationCode !== toStationCode;
  const all: MoveDraft | undefined = isChosen
    ? { stationCode, toStationCode, until: span.until, ...(flow !== 'both' && { flow }) }
    : undefined;
  const draft = all && { ...all, ...(carrierId !== '' && { carrierId }) };
  const carriers = useMovePreview(areaCode, all);
  const preview = useMovePreview(areaCode, draft);
  const move = useMoveArrivals(areaCode, onDone);
  const visitIds = preview.data?.trucks.map(({ visitId }) => visitId) ?? [];
  const places = stations.map(({ stationCode: value, name, state }) => ({
    value,
    label: `${name} · ${codeText('station_state', state)}`,
    state,
  }));
  return (
    <Step
      error={move.error}
      isBusy={move.isPending}
      isReady={draft !== undefined && visitIds.length > 0}
      isDangerous
      label={t('moves.do_it', { number: visitIds.length })}
      onSubmit={() => {
        if (!draft) return;
        move.mutate({
          stationCode: draft.stationCode,
          toStationCode: draft.toStationCode,
          visitIds,
          reason,
          until: draft.until,
        });
      }}
    >
      <Field label={t('moves.from')} htmlFor="moves-from">
        <Select id="moves-from" value={stationCode} options={places} onChange={setFrom} />
      </Field>
      <Field label={t('moves.to')} htmlFor="moves-to">
        <Select
          id="moves-to"
          value={toStationCode}
          options={places.filter(({ value, state }) => value !== stationCode && state === 'open')}
          onChange={setTo}
        />
      </Field>
      <Choices
        label={t('moves.flow')}
        value={flow}
        onChange={setFlow}
        options={flows.map((value) => ({ value, label: flowText(value, t) }))}
      />
      <Choices
        label={t('moves.span')}
        value={span.hours}
        onChange={(hours) => setSpan({ hours, until: endOf(hours) })}
        options={spans.map((value) => ({ value, label: t('throttle.hours', { hours: value }) }))}
      />
      <Field label={t('moves.carrier')} htmlFor="moves-carrier">
        <Select
          id="moves-carrier"
          value={carrierId}
          options={[
            { value: '', label: t('moves.all_carriers') },
            ...[...new Set(carriers.data?.trucks.flatMap((truck) => truck.carrierId ?? []))].map((value) => ({
              value,
              label: value,
            })),
          ]}
          onChange={setCarrier}
        />
      </Field>
      <Field label={t('moves.why')} htmlFor="moves-reason">
        <Select
          id="moves-reason"
          value={reason}
          options={reasons.map((value) => ({ value, label: codeText('station_reason', value) }))}
          onChange={setReason}
        />
      </Field>
      {draft && preview.error && (
        <p className="centre-quiet">{t('lever.no_effect', { area, why: problem(preview.error) })}</p>
      )}
      {draft && preview.data && (
        <>
          <p className="centre-quiet">
            {t('moves.whom', { number: visitIds.length, carriers: preview.data.carriers })}{' '}
            {preview.data.trucks
              .slice(0, shownAtMost)
              .map(({ plate, expectedAt }) => `${plateText(plate)} ${timeOf(expectedAt)}`)
              .join(' · ')}
            {visitIds.length > shownAtMost && ' …'}
          </p>
          <Outlooks outlooks={[preview.data.from, preview.data.to]} stations={stations} />
          <p className="centre-quiet">{t('moves.how')}</p>
        </>
      )}
      <Button block onClick={() => onDone([])}>
        {t('lever.not_now')}
      </Button>
    </Step>
  );
}

function flowText(flow: (typeof flows)[number], t: ReturnType<typeof useTexts>['t']): string {
  switch (flow) {
    case 'into_zone':
      return t('flow.into_zone');
    case 'out_of_zone':
      return t('flow.out_of_zone');
    case 'both':
      return t('moves.both');
  }
}
