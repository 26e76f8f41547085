import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { Choices } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { licences } from '../ticket/take-ticket.js';
import type { Truck } from './use-truck.js';

type Licence = (typeof licences)[number];

/**
 * Puts right which licence the gate has recorded a truck to need, for as long as no swap has begun. A handoff that was asked
 * for with the wrong one ends first, and the truck is checked again: drivers were chosen by it.
 */
export function CorrectLicence({ truck: { visit, handoff, truck } }: { readonly truck: Truck }) {
  const { t, problem } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<Licence>();
  const { state = 'aborted', handoffId = '' } = handoff ?? {};
  const isAskedFor = state !== 'aborted';
  const run = useChange(
    async ({ licenceRequired }: { readonly licenceRequired: Licence }, { 'Idempotency-Key': key }) => {
      // Each has a key of its own; both are the same again for what is asked again.
      if (isAskedFor) {
        const headers = { 'Idempotency-Key': `${key}-abort` };
        await yizhan.handoffs.abort({ headers, path: { handoffId }, body: { reason: 'wrong_licence' } });
      }
      const headers = { 'Idempotency-Key': key };
      await yizhan.trucks.change({ headers, path: { plate: visit.plate }, body: { licenceRequired } });
    },
    () => {
      setOpen(false);
      setChosen(undefined);
    },
  );
  const mayAbort = state !== 'started' && visit.allowedSteps.includes('abort');
  if (!truck || visit.state !== 'arrived' || (isAskedFor && !mayAbort)) return null;
  if (!isOpen) {
    return (
      <Button className="correct-licence" onClick={() => setOpen(true)}>
        {t('correct_licence.open')}
      </Button>
    );
  }
  return (
    <div className="correct-licence" role="group" aria-label={t('correct_licence.title')}>
      <Choices
        label={t('correct_licence.title')}
        value={chosen}
        onChange={setChosen}
        options={licences
          .filter((licence) => licence !== truck.licenceRequired)
          .map((value) => ({ value, label: value }))}
      />
      <p>
        {isAskedFor
          ? t('correct_licence.ends_handoff', { licence: truck.licenceRequired })
          : t('correct_licence.explain')}
      </p>
      {run.error && <Alert role="alert" type="error" showIcon title={problem(run.error)} />}
      <Button
        type="primary"
        size="large"
        danger={isAskedFor}
        disabled={chosen === undefined}
        loading={run.isPending}
        onClick={() => {
          if (chosen !== undefined) run.mutate({ licenceRequired: chosen });
        }}
      >
        {isAskedFor ? t('correct_licence.abort_and_correct') : t('correct_licence.correct')}
      </Button>{' '}
      <Button size="large" onClick={() => setOpen(false)}>
        {t('correct_licence.leave')}
      </Button>
    </div>
  );
}
