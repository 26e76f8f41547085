import { useState } from 'react';
import { useChange } from '../../api/use-change.js';
import { yizhan } from '../../api/yizhan.js';
import { useBoard } from '../../board/use-board.js';
import { useTexts } from '../../i18n/use-texts.js';
import { Choices, Step, type StepProps } from './step-props.js';

/** Into the queue before the gate, or the one behind it. */
export function QueueStep({ truck: { visit }, onDone }: StepProps) {
  const { t } = useTexts();
  const queue = visit.state === 'announced' ? 'outside' : 'inside';
  const run = useChange(
    (body: { readonly queue: 'outside' | 'inside' }, headers) =>
      yizhan.visits.queue({ path: { visitId: visit.visitId }, headers, body }),
    onDone,
  );
  return (
    <Step
      error={run.error}
      isBusy={run.isPending}
      label={queue === 'outside' ? t('queue.outside') : t('queue.inside')}
      onSubmit={() => run.mutate({ queue })}
    />
  );
}

/** To a bay, or just in. */
export function CallStep({ truck: { visit }, onDone }: StepProps) {
  const { t } = useTexts();
  const board = useBoard(visit.stationCode);
  const [bayCode, setBay] = useState<string>();
  const run = useChange(
    (body: { readonly bayCode?: string }, headers) =>
      yizhan.visits.call({ path: { visitId: visit.visitId }, headers, body }),
    onDone,
  );
  const options = (board.data?.station.bays ?? []).map((bay) => ({ value: bay, label: t('board.bay', { bay }) }));
  return (
    <Step
      error={run.error ?? board.error}
      isBusy={run.isPending}
      label={t('call.submit')}
      onSubmit={() => run.mutate(bayCode === undefined ? {} : { bayCode })}
    >
      <Choices label={t('call.bay')} options={options} value={bayCode} onChange={setBay} />
    </Step>
  );
}
