import { Input } from 'antd';
import { useState } from 'react';
import { useChange } from '../../api/use-change.js';
import { yizhan } from '../../api/yizhan.js';
import { useBoard } from '../../board/use-board.js';
import { useTexts } from '../../i18n/use-texts.js';
import { serverNow } from '../../live/use-now.js';
import { Choices, Field, Step, type StepProps } from './step-props.js';

/** Both drivers are at the truck, in a bay, and somebody of the carrier has agreed. */
export function StartStep({ truck: { visit, handoff }, onDone }: StepProps) {
  const { t } = useTexts();
  const board = useBoard(visit.stationCode);
  const taken = new Set(
    board.data?.visits.filter(({ handoffState }) => handoffState === 'started').map(({ bayCode }) => bayCode),
  );
  const bays = (board.data?.station.bays ?? []).filter((bay) => !taken.has(bay));
  const [chosen, setBay] = useState<string>();
  const [by, setBy] = useState('');
  const bayCode =
    chosen ?? (visit.calledBayCode !== undefined && bays.includes(visit.calledBayCode) ? visit.calledBayCode : bays[0]);
  const isAuthorised = handoff?.authorisation !== undefined;
  const run = useChange(
    (body: { readonly bayCode: string; readonly by: string | undefined }, headers) =>
      yizhan.handoffs.start({
        path: { handoffId: handoff?.handoffId ?? '' },
        headers,
        body: {
          bayCode: body.bayCode,
          ...(body.by !== undefined && {
            authorisation: {
              by: body.by,
              at: new Date(serverNow() - 1_000).toISOString(),
              ...(visit.carrierId !== undefined && { carrierId: visit.carrierId }),
            },
          }),
        },
      }),
    onDone,
  );
  return (
    <Step
      error={run.error ?? board.error}
      isBusy={run.isPending}
      isReady={bayCode !== undefined && (isAuthorised || by.trim() !== '')}
      label={t('start.submit')}
      onSubmit={() => {
        if (bayCode !== undefined) run.mutate({ bayCode, by: isAuthorised ? undefined : by.trim() });
      }}
    >
      <Choices
        label={t('start.bay')}
        value={bayCode}
        onChange={setBay}
        options={bays.map((bay) => ({ value: bay, label: t('board.bay', { bay }) }))}
      />
      {bays.length === 0 && <p>{t('start.no_bay')}</p>}
      {isAuthorised ? (
        <p>{t('start.authorised', { by: handoff.authorisation?.by })}</p>
      ) : (
        <Field label={t('start.by')} htmlFor="start-by">
          <Input
            id="start-by"
            size="large"
            autoComplete="off"
            placeholder="dispatcher-07"
            value={by}
            onChange={({ target }) => setBy(target.value)}
          />
        </Field>
      )}
    </Step>
  );
}
