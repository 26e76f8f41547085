import { Alert, Button } from 'antd';
import { useTexts } from '../i18n/use-texts.js';
import type { LoggedStep } from './logged-step.js';
import { sendAgain } from './refused-steps.js';
import { StepActs } from './step-acts.js';
import { StepCard } from './step-card.js';
import { TrueNow } from './true-now.js';

/** A step that the service has refused: why, what is so instead, and what can be done about it. */
export function RefusedCard({ logged }: { readonly logged: LoggedStep }) {
  const { t, refusalText } = useTexts();
  const { problem, order, now } = logged;
  return (
    <StepCard logged={logged}>
      {problem && <Alert type="error" showIcon title={refusalText(problem.code, problem.detail)} />}
      <TrueNow {...(now && { now })} />
      <StepActs logged={logged}>
        <Button type="primary" size="large" onClick={() => void sendAgain(order)}>
          {t('offline.again')}
        </Button>
      </StepActs>
    </StepCard>
  );
}
