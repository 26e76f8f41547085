import { ProblemError } from '@yizhan/client';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { Choices } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { OverrideState } from './override-state.js';
import './overrides.css';
import { type OverrideRequest, reasonsOf } from './overrides.js';
import type { AskedFor } from './use-asked.js';

/**
 * Overrides what whoever is here may override alone; else asks a second person, and says how that stands. `children` is what
 * can be done once he has approved it.
 */
export function AskOverride({
  about,
  request,
  override,
  children,
}: {
  readonly about: AskedFor;
  readonly request: OverrideRequest | undefined;
  /** Makes it at once, where the rules leave it to one person. */
  readonly override?: (reason: string) => Promise<unknown>;
  readonly children?: React.ReactNode;
}) {
  const { t, codeText, problem } = useTexts();
  const [reason, setReason] = useState<string>();
  const { handoffId, ...asked } = about;
  const ask = useChange(async (body: { readonly reason: string }, headers) => {
    if (override && (await isMade(override, body.reason))) return;
    await yizhan.handoffs.requestOverride({ path: { handoffId }, headers, body: { ...asked, ...body } });
  });
  const mayAsk = request === undefined || request.state === 'refused';
  return (
    <div className="override-asking">
      {request && <OverrideState request={request} />}
      {request?.state === 'approved' && children}
      {mayAsk && (
        <>
          <Choices
            label={t('overrides.why')}
            value={reason}
            onChange={setReason}
            options={reasonsOf(about.rule).map((value) => ({ value, label: codeText('reason', value) }))}
          />
          <Button
            size="large"
            className="big-button"
            disabled={reason === undefined}
            loading={ask.isPending}
            onClick={() => {
              if (reason !== undefined) ask.mutate({ reason });
            }}
          >
            {t('overrides.ask')}
          </Button>
        </>
      )}
      {ask.error && <Alert role="alert" type="error" showIcon title={problem(ask.error)} />}
    </div>
  );
}

/** False where a second person is needed. */
async function isMade(override: (reason: string) => Promise<unknown>, reason: string): Promise<boolean> {
  try {
    await override(reason);
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'OVERRIDE.NEEDS_SECOND_PERSON') return false;
    throw error;
  }
}
