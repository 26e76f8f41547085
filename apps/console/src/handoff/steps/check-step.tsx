import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useChange } from '../../api/use-change.js';
import { asking, yizhan } from '../../api/yizhan.js';
import { useTexts } from '../../i18n/use-texts.js';
import { SealField } from './seal-field.js';
import { Step, type StepProps } from './step-props.js';

interface Verdict {
  readonly passed: boolean;
  readonly reason?: string;
}

/** What the policy asks to be looked at, each passed or not. */
export function CheckStep({ truck: { visit }, onDone }: StepProps) {
  const { t, isEnglish, codeText, problem } = useTexts();
  const { visitId } = visit;
  const template = useQuery({
    queryKey: ['station', 'checks', visitId],
    queryFn: () => asking(() => yizhan.visits.readCheckTemplate({ path: { visitId } })),
  });
  const [verdicts, setVerdicts] = useState<Readonly<Record<string, Verdict>>>({});
  const [sealNumber, setSeal] = useState('');
  const run = useChange(
    (body: Parameters<typeof yizhan.visits.check>[0]['body'], headers) =>
      yizhan.visits.check({ path: { visitId }, headers, body }),
    onDone,
  );
  if (!template.data) {
    return template.error ? <Alert type="error" showIcon title={problem(template.error)} /> : <Skeleton active />;
  }
  const { items, sealNumber: recorded } = template.data;
  const needsSeal = items.some(({ needs }) => needs.includes('seal_number'));
  const seal = sealNumber.trim();
  const isSaid = items.every(({ check }) => {
    const verdict = verdicts[check];
    return verdict && (verdict.passed || verdict.reason !== undefined);
  });
  const sealFails = !(verdicts['seal']?.passed ?? true);
  const judge = (check: string, verdict: Verdict): void => setVerdicts((before) => ({ ...before, [check]: verdict }));
  const send = (): void =>
    run.mutate({
      checks: items.map(({ check }) => ({ check, ...(verdicts[check] ?? { passed: false }) })),
      ...(seal !== '' && { sealNumber: seal }),
    });
  return (
    <Step
      error={run.error}
      isBusy={run.isPending}
      isReady={isSaid && (!needsSeal || seal !== '' || sealFails)}
      label={t('check.submit')}
      onSubmit={send}
    >
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
