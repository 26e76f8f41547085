import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { newId } from '../../api/new-id.js';
import { useTexts } from '../../i18n/use-texts.js';
import { aboutOf } from '../../offline/step-kinds.js';
import { useStep } from '../../offline/use-steps.js';
import { checksOf, useKnownChecks } from '../read-checks.js';
import { SealField } from './seal-field.js';
import { Step, type StepProps } from './step-props.js';

interface Verdict {
  readonly passed: boolean;
  readonly reason?: string;
}

/** What the policy asks to be looked at, each passed or not. */
export function CheckStep({ truck: { visit, truck }, onDone }: StepProps) {
  const { t, isEnglish, codeText, problem } = useTexts();
  const { visitId } = visit;
  const template = useQuery(checksOf(visitId));
  const [verdicts, setVerdicts] = useState<Readonly<Record<string, Verdict>>>({});
  const [sealNumber, setSeal] = useState('');
  const run = useStep(aboutOf(visit), onDone);
  // What is logged without the service has to name the handoff that it asks for.
  const [handoffId] = useState(newId);
  const known = useKnownChecks(visit);
  const told = template.data ?? (template.error ? known : undefined);
  if (!told) {
    return template.error ? <Alert type="error" showIcon title={problem(template.error)} /> : <Skeleton active />;
  }
  const { items } = told;
  const recorded = template.data ? template.data.sealNumber : truck?.sealNumber;
  const needsSeal = items.some(({ needs }) => needs.includes('seal_number'));
  const seal = sealNumber.trim();
  const isSaid = items.every(({ check }) => {
    const verdict = verdicts[check];
    return verdict && (verdict.passed || verdict.reason !== undefined);
  });
  const sealFails = !(verdicts['seal']?.passed ?? true);
  const judge = (check: string, verdict: Verdict): void => setVerdicts((before) => ({ ...before, [check]: verdict }));
  const send = (): void =>
    run.mutate([
      {
        kind: 'check',
        id: visitId,
        body: {
          checks: items.map(({ check }) => ({ check, ...(verdicts[check] ?? { passed: false }) })),
          handoffId,
          ...(seal !== '' && { sealNumber: seal }),
        },
      },
    ]);
  return (
    <Step
      error={run.error}
      isBusy={run.isPending}
      isReady={isSaid && (!needsSeal || seal !== '' || sealFails)}
      label={t('check.submit')}
      onSubmit={send}
    >
      {!template.data && <Alert type="warning" showIcon title={t('offline.old_checks')} />}
      <Button
        size="large"
        onClick={() => setVerdicts(Object.fromEntries(items.map(({ check }) => [check, { passed: true }])))}
      >
        ✓ {t('check.all_passed')}
      </Button>
      <div>
        {items.map(({ check, title, reasons }) => {
          const verdict = verdicts[check];
          const hasFailed = verdict !== undefined && !verdict.passed;
          const name = isEnglish ? title.en : title.zh;
          return (
            <div key={check} className="check-line" role="group" aria-label={name}>
              <strong>{name}</strong>
              <span>
                <Button
                  size="large"
                  type={verdict?.passed ? 'primary' : 'default'}
                  aria-pressed={verdict?.passed ?? false}
                  onClick={() => judge(check, { passed: true })}
                >
                  ✓ {t('check.passed')}
                </Button>{' '}
                <Button
                  size="large"
                  danger
                  type={hasFailed ? 'primary' : 'default'}
                  aria-pressed={hasFailed}
                  onClick={() => judge(check, { passed: false, reason: reasons[0] ?? 'other' })}
                >
                  ✗ {t('check.failed')}
                </Button>
              </span>
              {hasFailed && (
                <Select
                  className="wide"
                  aria-label={t('check.reason')}
                  value={verdict.reason}
                  onChange={(reason: string) => judge(check, { passed: false, reason })}
                  options={[...new Set([...reasons, 'other'])].map((value) => ({
                    value,
                    label: codeText('reason', value),
                  }))}
                />
              )}
            </div>
          );
        })}
      </div>
      {needsSeal && <SealField id="check-seal" recorded={recorded} value={sealNumber} onChange={setSeal} />}
    </Step>
  );
}
