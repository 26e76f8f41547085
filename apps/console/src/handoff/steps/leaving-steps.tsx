import { useState } from 'react';
import { useTexts } from '../../i18n/use-texts.js';
import { aboutOf } from '../../offline/step-kinds.js';
import { useStep } from '../../offline/use-steps.js';
import { Choices, Step, type StepProps } from './step-props.js';

const outcomes = ['swapped', 'no_swap_needed', 'turned_away', 'redirected'] as const;

/** The cargo may go on. */
export function ReleaseStep({ truck: { visit }, onDone }: StepProps) {
  const { t } = useTexts();
  const run = useStep(aboutOf(visit), onDone);
  return (
    <Step
      error={run.error}
      isBusy={run.isPending}
      label={t('release.submit')}
      onSubmit={() => run.mutate([{ kind: 'release', id: visit.visitId, body: undefined }])}
    />
  );
}

/** Out through the gate. */
export function DepartStep({ truck: { visit, handoff }, onDone }: StepProps) {
  const { t, codeText } = useTexts();
  const isSwapped = handoff?.state === 'completed';
  const possible = isSwapped ? outcomes.slice(0, 1) : outcomes.slice(1);
  const [outcome, setOutcome] = useState<(typeof outcomes)[number] | undefined>(isSwapped ? 'swapped' : undefined);
  const run = useStep(aboutOf(visit), onDone);
  return (
    <Step
      error={run.error}
      isBusy={run.isPending}
      isReady={outcome !== undefined}
      label={t('depart.submit')}
      onSubmit={() => {
        if (outcome) run.mutate([{ kind: 'departure', id: visit.visitId, body: { outcome } }]);
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
  const run = useStep(aboutOf(visit), onDone);
  return (
    <Step
      error={run.error}
      isBusy={run.isPending}
      isDangerous
      label={t('retract.submit')}
      onSubmit={() => run.mutate([{ kind: 'retraction', id: visit.visitId, body: { reason: 'did_not_occur' } }])}
    >
      <p>{t('retract.explain')}</p>
    </Step>
  );
}
