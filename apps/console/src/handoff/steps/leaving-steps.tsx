import { useState } from 'react';
import { useChange } from '../../api/use-change.js';
import { yizhan } from '../../api/yizhan.js';
import { useTexts } from '../../i18n/use-texts.js';
import { Choices, Step, type StepProps } from './step-props.js';

const outcomes = ['swapped', 'no_swap_needed', 'turned_away', 'redirected'] as const;

/** The cargo may go on. */
export function ReleaseStep({ truck: { visit }, onDone }: StepProps) {
  const { t } = useTexts();
  const run = useChange(
    ({ visitId }: { readonly visitId: string }, headers) => yizhan.cargo.release({ path: { visitId }, headers }),
    onDone,
  );
  return (
    <Step
      error={run.error}
      isBusy={run.isPending}
      label={t('release.submit')}
      onSubmit={() => run.mutate({ visitId: visit.visitId })}
    />
  );
}

/** Out through the gate. */
export function DepartStep({ truck: { visit, handoff }, onDone }: StepProps) {
  const { t, codeText } = useTexts();
  const isSwapped = handoff?.state === 'completed';
  const possible = isSwapped ? outcomes.slice(0, 1) : outcomes.slice(1);
  const [outcome, setOutcome] = useState<(typeof outcomes)[number] | undefined>(isSwapped ? 'swapped' : undefined);
  const run = useChange(
    (body: { readonly outcome: (typeof outcomes)[number] }, headers) =>
      yizhan.visits.depart({ path: { visitId: visit.visitId }, headers, body }),
    onDone,
  );
  return (
    <Step
      error={run.error}
      isBusy={run.isPending}
      isReady={outcome !== undefined}
      label={t('depart.submit')}
      onSubmit={() => {
        if (outcome) run.mutate({ outcome });
      }}
    >
      <Choices
        label={t('depart.outcome')}
        value={outcome}
        onChange={setOutcome}
        options={possible.map((value) => ({ value, label: codeText('outcome', value) }))}
      />
    </Step>
  );
}

/** The arrival was entered for the wrong truck. */
export function RetractStep({ truck: { visit }, onDone }: StepProps) {
  const { t } = useTexts();
  const run = useChange(
    ({ visitId }: { readonly visitId: string }, headers) =>
      yizhan.visits.retractArrival({ path: { visitId }, headers, body: { reason: 'did_not_occur' } }),
    onDone,
  );
  return (
    <Step
      error={run.error}
      isBusy={run.isPending}
      isDangerous
      label={t('retract.submit')}
      onSubmit={() => run.mutate({ visitId: visit.visitId })}
    >
      <p>{t('retract.explain')}</p>
    </Step>
  );
}
