import { Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { DiscardForm } from './discard-form.js';
import type { LoggedStep } from './logged-step.js';
import { StepCard } from './step-card.js';

/** A step that is not sent before something else is settled, or somebody else signs in: a person may also leave it. */
export function StuckCard({ logged, note }: { readonly logged: LoggedStep; readonly note: string }) {
  const { t } = useTexts();
  const [isLeaving, setLeaving] = useState(false);
  return (
    <StepCard logged={logged} note={note}>
      {isLeaving ? (
        <DiscardForm logged={logged} onBack={() => setLeaving(false)} />
      ) : (
        <div className="logged-acts">
          <Button size="large" onClick={() => setLeaving(true)}>
            {t('offline.discard')}
          </Button>
        </div>
      )}
    </StepCard>
  );
}
