import { useState } from 'react';
import { baysFor } from '../../board/bays.js';
import { useBoard } from '../../board/use-board.js';
import { useTexts } from '../../i18n/use-texts.js';
import { aboutOf } from '../../offline/step-kinds.js';
import { useStep } from '../../offline/use-steps.js';
import { BayChoices } from './bay-choices.js';
import { Step, type StepProps } from './step-props.js';

/** Into the queue before the gate, or the one behind it. */
export function QueueStep({ truck: { visit }, onDone }: StepProps) {
  const { t } = useTexts();
  const queue = visit.state === 'announced' ? 'outside' : 'inside';
  const run = useStep(aboutOf(visit), onDone);
  return (
    <Step
      error={run.error}
      isBusy={run.isPending}
      label={queue === 'outside' ? t('queue.outside') : t('queue.inside')}
      onSubmit={() => run.mutate([{ kind: 'queue', id: visit.visitId, body: { queue } }])}
    />
  );
}

/** To a bay, or just in. */
export function CallStep({ truck: { visit }, onDone }: StepProps) {
  const { t } = useTexts();
  const board = useBoard(visit.stationCode);
  const [chosen, setBay] = useState<string>();
  const run = useStep(aboutOf(visit), onDone);
  const bays = baysFor(visit.visitId, board.data?.station.bays ?? [], board.data?.visits ?? []);
  const isOld = board.error !== null;
  // Another truck may have got it since it was chosen.
  const bayCode = bays.find(({ bay, takenBy }) => bay === chosen && (isOld || !takenBy))?.bay;
  return (
    <Step
      error={run.error ?? (board.data ? undefined : board.error)}
      isBusy={run.isPending}
      label={t('call.submit')}
      onSubmit={() => run.mutate([{ kind: 'call', id: visit.visitId, body: bayCode === undefined ? {} : { bayCode } }])}
    >
      <BayChoices label={t('call.bay')} bays={bays} isOld={isOld} value={bayCode} onChange={setBay} />
    </Step>
  );
}
