import type { RotatedSecretResponse } from '@yizhan/client';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import { type Attempt, AttemptLine } from './attempt-line.js';
import { SecretOnce } from './secret-once.js';
import { attemptOfProblem, type Step, stepsOf } from './steps-of.js';
import { type Subscription, useCarrierChange } from './use-carrier.js';

/** What is shown of a step that was taken; of most there is nothing but how the subscription stands then. */
interface Answer {
  readonly attempt?: Attempt;
  readonly rotated?: RotatedSecretResponse;
}

/** What can be done with a subscription as it stands, and what came of it. */
export function SubscriptionSteps({ subscription }: { readonly subscription: Subscription }) {
  const { t, problem, codeText, dateTimeOf } = useTexts();
  const navigate = useNavigate();
  const [answer, setAnswer] = useState<Answer>();
  const [isSure, setSure] = useState(false);
  const { subscriptionId, state } = subscription;
  const change = useCarrierChange(
    (step: Step, headers) => take(step, subscriptionId, headers),
    (came, step) => {
      setAnswer(came);
      if (step === 'delete') void navigate('/carrier/subscriptions', { replace: true });
    },
  );
  const begin = (step: Step): void => {
    setAnswer(undefined);
    if (step === 'delete' && !isSure) setSure(true);
    else change.mutate(step);
  };
  const failed = attemptOfProblem(change.error);
  return (
    <section className="panel">
      <h2>{t('subscription.steps')}</h2>
      {state === 'unproven' && <p>{t('subscription.prove_explain')}</p>}
      {change.error && <Alert role="alert" type="error" showIcon title={problem(change.error)} />}
      {failed && <AttemptLine attempt={failed} />}
      <div className="carrier-steps">
        {stepsOf(state).map((step, index) => (
          <Button
            key={step}
            size="large"
            type={index === 0 && state !== 'active' ? 'primary' : 'default'}
            danger={step === 'delete'}
            loading={change.isPending && change.variables === step}
            disabled={change.isPending}
            onClick={() => begin(step)}
          >
            {step === 'delete' && isSure ? t('subscription.delete_surely') : codeText('subscription_step', step)}
          </Button>
        ))}
      </div>
      <div aria-live="polite">
        {answer?.attempt && <AttemptLine attempt={answer.attempt} />}
        {answer?.rotated && (
          <SecretOnce
            secret={answer.rotated.secret}
            {...(answer.rotated.previousUntil !== null && {
              note: t('subscription.both_sign_until', { time: dateTimeOf(answer.rotated.previousUntil) }),
            })}
          />
        )}
      </div>
    </section>
  );
}

async function take(
  step: Step,
  subscriptionId: string,
  headers: { readonly 'Idempotency-Key': string },
): Promise<Answer> {
  const asked = { path: { subscriptionId }, headers };
  const { subscriptionSteps: steps, subscriptions } = yizhan;
  switch (step) {
    case 'test':
      return { attempt: await steps.test(asked) };
    case 'rotate':
      return { rotated: await steps.rotate({ ...asked, body: {} }) };
    case 'rotate_at_once':
      return { rotated: await steps.rotate({ ...asked, body: { overlapHours: 0 } }) };
    case 'prove':
      await steps.prove(asked);
      return {};
    case 'pause':
      await steps.pause(asked);
      return {};
    case 'resume':
      await steps.resume({ ...asked, body: { from: 'where_it_stopped' } });
      return {};
    case 'resume_from_now':
      await steps.resume({ ...asked, body: { from: 'now' } });
      return {};
    case 'delete':
      await subscriptions.delete(asked);
      return {};
  }
}
