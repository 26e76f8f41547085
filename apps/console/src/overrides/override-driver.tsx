import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import { AskOverride } from './ask-override.js';
import type { DriverRule } from './overrides.js';
import { useAsked } from './use-asked.js';

/** A driver whom one rule keeps from a truck: somebody overrides it, alone or once a second person has agreed, and assigns him. */
export function OverrideDriver({
  stationCode,
  handoffId,
  driverId,
  rule,
  onDone,
}: {
  readonly stationCode: string;
  readonly handoffId: string;
  readonly driverId: string;
  readonly rule: DriverRule;
  readonly onDone: () => void;
}) {
  const { t, problem } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const about = { handoffId, rule, driverId };
  const request = useAsked(stationCode, about);
  const assign = useChange(
    (reason: string, headers) =>
      yizhan.handoffs.assign({
        path: { handoffId },
        headers,
        body: { driverId, overrides: [{ rule, reason }] },
      }),
    onDone,
  );
  /** What keeps him from it alone is told by who asks: it is no fault of what is made once it is approved. */
  const alone = async (reason: string): Promise<void> => {
    try {
      await assign.mutateAsync(reason);
    } finally {
      assign.reset();
    }
  };
  if (!isOpen && !request)
    return (
      <Button onClick={() => setOpen(true)} aria-label={t('overrides.ask_for', { driver: driverId })}>
        {t('overrides.ask')}
      </Button>
    );
  return (
    <AskOverride about={about} request={request} override={alone}>
      {assign.error && <Alert role="alert" type="error" showIcon title={problem(assign.error)} />}
      <Button
        type="primary"
        size="large"
        className="big-button"
        loading={assign.isPending}
        onClick={() => {
          if (request) assign.mutate(request.reason);
        }}
      >
        {t('assign.submit', { driver: driverId })}
      </Button>
    </AskOverride>
  );
}
