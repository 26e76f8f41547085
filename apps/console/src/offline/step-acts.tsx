import { Alert, Button, Drawer, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { later } from '../frame/later.js';
import { useTexts } from '../i18n/use-texts.js';
import { useTruck } from '../truck/use-truck.js';
import { DiscardForm } from './discard-form.js';
import { formOfKind } from './form-of-kind.js';
import type { LoggedStep } from './logged-step.js';
import { InsteadOf } from './use-steps.js';

// The forms come with the truck's page, which is loaded before the network is gone.
const StepForm = later(async () => (await import('../handoff/step-form.js')).StepForm, <Skeleton active />);

/** What a person can do about a step that the service does not have: enter it anew, or not send it, which asks why. */
export function StepActs({ logged, children }: { readonly logged: LoggedStep; readonly children?: ReactNode }) {
  const { t, codeText } = useTexts();
  const [act, setAct] = useState<'edit' | 'discard'>();
  const form = formOfKind[logged.step.kind];
  return (
    <>
      {act === 'discard' ? (
        <DiscardForm logged={logged} onBack={() => setAct(undefined)} />
      ) : (
        <div className="logged-acts">
          {children}
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
    </>
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
  if (truck) return <StepForm step={form} truck={truck} onDone={onDone} />;
  return error ? <Alert type="error" showIcon title={problem(error)} /> : undefined;
}
