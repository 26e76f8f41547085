import { Alert, Input } from 'antd';
import { useState } from 'react';
import type { RunResponse } from '@yizhan/client';
import { yizhan } from '../api/yizhan.js';
import { Choices, Field, Step } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { RunWords } from './run-words.js';
import { useCarrierChange, useOpenRunOf } from './use-carrier.js';

type Plan = Parameters<typeof yizhan.runs.planReturn>[0]['body'];
const waits = ['station', 'away', 'other_truck'] as const;

/** The run that a truck is on: where it is, when it is due back, and who takes it back, which its carrier says. */
export function RunOfTruck({ plate }: { readonly plate: string }) {
  const { t, problem } = useTexts();
  const { data: run, error } = useOpenRunOf(plate);
  if (error) return <Alert type="error" showIcon title={problem(error)} />;
  if (!run) return null;
  return (
    <section className="panel">
      <h2>{t('run.title')}</h2>
      <p className="carrier-line">
        <RunWords run={run} />
      </p>
      <p>
        {run.returnDriverId === undefined ? t('run.nobody_named') : t('run.takes_back', { driver: run.returnDriverId })}
      </p>
      <PlanReturn key={run.runId} run={run} />
    </section>
  );
}

function PlanReturn({ run: { runId, returnDriverId = '', wait = 'away' } }: { readonly run: RunResponse }) {
  const { t, codeText } = useTexts();
  const [driver, setDriver] = useState(returnDriverId);
  const [meanwhile, setMeanwhile] = useState(wait);
  const plan = useCarrierChange((body: Plan, headers) => yizhan.runs.planReturn({ path: { runId }, headers, body }));
  const named = driver.trim();
  return (
    <Step
      error={plan.error}
      isBusy={plan.isPending}
      label={t('run.plan')}
      onSubmit={() => plan.mutate({ wait: meanwhile, ...(named !== '' && { returnDriverId: named }) })}
    >
      <Field label={t('run.driver')} htmlFor="run-driver">
        <Input
          id="run-driver"
          size="large"
          autoComplete="off"
          value={driver}
          onChange={({ target }) => setDriver(target.value)}
        />
      </Field>
      <Choices
        label={t('run.meanwhile')}
        value={meanwhile}
        onChange={setMeanwhile}
        options={waits.map((value) => ({ value, label: codeText('wait_plan', value) }))}
      />
    </Step>
  );
}
