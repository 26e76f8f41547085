import { useState } from 'react';
import { useChange } from '../../api/use-change.js';
import { yizhan } from '../../api/yizhan.js';
import { clockText } from '../../board/phases.js';
import { useBoard } from '../../board/use-board.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useWhyNot } from '../../truck/why-not.js';
import { rankDrivers } from '../rank-drivers.js';
import { Choices, Step, type StepProps } from './step-props.js';

/** By hand: whom the scheduler prefers first, then everybody on duty. */
export function AssignStep({ truck: { visit, handoff }, onDone }: StepProps) {
  const { t } = useTexts();
  const handoffId = handoff?.handoffId ?? '';
  const board = useBoard(visit.stationCode);
  const whyNot = useWhyNot(handoffId);
  const ranked = rankDrivers(
    board.data?.driversOnDuty ?? [],
    handoff?.suggestions ?? [],
    whyNot.data?.considered ?? [],
  );
  const [chosen, setDriver] = useState<string>();
  const driverId = chosen ?? ranked.find((driver) => driver.isFree)?.driverId;
  const run = useChange(
    (body: { readonly driverId: string; readonly decisionId?: string }, headers) =>
      yizhan.handoffs.assign({ path: { handoffId }, headers, body }),
    onDone,
  );
  const suggestion = handoff?.suggestions.find((each) => each.driverId === driverId);
  return (
    <Step
      error={run.error ?? board.error ?? whyNot.error}
      isBusy={run.isPending}
      isReady={driverId !== undefined}
      label={t('assign.submit', { driver: driverId ?? '' })}
      onSubmit={() => {
        if (driverId !== undefined) run.mutate({ driverId, ...(suggestion && { decisionId: suggestion.decisionId }) });
      }}
    >
      <p>{t('assign.explain')}</p>
      <Choices
        label={t('assign.driver')}
        value={driverId}
        onChange={setDriver}
        options={ranked.map((driver) => ({
          value: driver.driverId,
          label: (
            <>
              {driver.driverId} · {t('board.hours_left', { clock: clockText(driver.minutesLeft) })}
              <br />
              <small>
                {driver.isFree ? t('board.driver_free') : t('board.driver_assigned')}
                {driver.delayMinutes !== undefined && <> · {t('assign.delay', { minutes: driver.delayMinutes })}</>}
                {driver.isSuggested && <> · {t('assign.suggested')}</>}
              </small>
            </>
          ),
        }))}
      />
    </Step>
  );
}
