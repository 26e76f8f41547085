import { Button } from 'antd';
import { useState } from 'react';
import { Choices } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { type LoggedStep, waitingBehind } from './logged-step.js';
import { discard, type DiscardReason, discardReasons } from './refused-steps.js';
import { useSteps } from './use-steps.js';

/** Why a step is not sent, and what waits behind it: it stays on this device with that. */
export function DiscardForm({ logged, onBack }: { readonly logged: LoggedStep; readonly onBack: () => void }) {
  const { t, codeText, timeOf } = useTexts();
  const [reason, setReason] = useState<DiscardReason>();
  const behind = waitingBehind(logged, useSteps());
  return (
    <>
      {logged.state === 'waiting' && <p>{t('offline.may_be_there')}</p>}
      {behind.length > 0 && (
        <div>
          <p>{t('offline.depend', { count: behind.length })}</p>
          <ul>
            {behind.map(({ order, step, time }) => (
              <li key={order}>
                {codeText('step_kind', step.kind)} {timeOf(time)}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Choices
        label={t('offline.discard_why')}
        value={reason}
        onChange={setReason}
        options={discardReasons.map((value) => ({ value, label: codeText('discard_reason', value) }))}
      />
      <div className="logged-acts">
        <Button
          danger
          size="large"
          disabled={reason === undefined}
          onClick={() => {
            if (reason) void discard(logged.order, reason);
          }}
        >
          {t('offline.discard_sure')}
        </Button>
        <Button size="large" onClick={onBack}>
          {t('offline.back')}
        </Button>
      </div>
    </>
  );
}
