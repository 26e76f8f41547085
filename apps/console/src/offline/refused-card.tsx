import { Alert, Button, Drawer } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { useTruck } from '../truck/use-truck.js';
import { DiscardForm } from './discard-form.js';
import { formOfKind } from './form-of-kind.js';
import type { LoggedStep } from './logged-step.js';
import { sendAgain } from './refused-steps.js';
import { StepCard } from './step-card.js';
import { TrueNow } from './true-now.js';
import { InsteadOf } from './use-steps.js';

// The forms come with the truck's page, which is loaded before the network is gone.
const StepForm = lazy(async () => ({ default: (await import('../handoff/step-form.js')).StepForm }));

/** A step that the service has refused: why, what is so instead, and what can be done about it. */
export function RefusedCard({ logged }: { readonly logged: LoggedStep }) {
  const { t, codeText, refusalText } = useTexts();
  const [act, setAct] = useState<'edit' | 'discard'>();
  const { problem, order, now } = logged;
  const form = formOfKind[logged.step.kind];
  return (
    <StepCard logged={logged}>
      {problem && <Alert type="error" showIcon title={refusalText(problem.code, problem.detail)} />}
      <TrueNow {...(now && { now })} />
      {act === 'discard' ? (
        <DiscardForm order={order} onBack={() => setAct(undefined)} />
      ) : (
        <div className="logged-acts">
          <Button type="primary" size="large" onClick={() => void sendAgain(order)}>
            {t('offline.again')}
          </Button>
          {form && (
            <Button size="large" onClick={() => setAct('edit')}>
              {t('offline.edit')}
            </Button>
          )}
          <Button size="large" onClick={() => setAct('discard')}>
            {t('offline.discard')}
          </Button>
        </div>
      )}
      {form && (
        <Drawer
          title={codeText('step', form)}
          open={act === 'edit'}
          onClose={() => setAct(undefined)}
          size={520}
          destroyOnHidden
        >
          <InsteadOf value={logged}>
            <EditedStep logged={logged} form={form} onDone={() => setAct(undefined)} />
          </InsteadOf>
        </Drawer>
      )}
    </StepCard>
  );
}

/** The same form as on the truck's page; what it logs has the place and the time of the step that it stands for. */
function EditedStep({
  logged,
  form,
  onDone,
}: {
  readonly logged: LoggedStep;
  readonly form: NonNullable<(typeof formOfKind)[keyof typeof formOfKind]>;
  readonly onDone: () => void;
}) {
  const { problem } = useTexts();
  const { data: truck, error } = useTruck(logged.about.visitId);
  if (truck) {
    return (
      <Suspense>
        <StepForm step={form} truck={truck} onDone={onDone} />
      </Suspense>
    );
  }
  return error ? <Alert type="error" showIcon title={problem(error)} /> : undefined;
}
