import { Button } from 'antd';
import { useState } from 'react';
import { Choices } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { discard, type DiscardReason, discardReasons } from './refused-steps.js';

/** Why a step is not sent: it stays on this device with that. */
export function DiscardForm({ order, onBack }: { readonly order: number; readonly onBack: () => void }) {
  const { t, codeText } = useTexts();
  const [reason, setReason] = useState<DiscardReason>();
  return (
    <>
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
            if (reason) void discard(order, reason);
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
