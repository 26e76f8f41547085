import { Button } from 'antd';
import { useState } from 'react';
import { useChange } from '../../api/use-change.js';
import { yizhan } from '../../api/yizhan.js';
import { clockText } from '../../board/phases.js';
import { useBoard } from '../../board/use-board.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useWhyNot } from '../../truck/why-not.js';
import { rankDrivers } from '../rank-drivers.js';
import { Choices, Step, type StepProps } from './step-props.js';

/** As many as are seen at a glance. */
const firstShown = 12;

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
  const [isWhole, setWhole] = useState(false);
  // Nobody is chosen beforehand whom the scheduler has not found fit.
  const fit = ranked.find((driver) => driver.isFree && (driver.isSuggested || driver.delayMinutes !== undefined));
  const driverId = chosen ?? fit?.driverId;
  const shown = isWhole ? ranked : ranked.slice(0, firstShown);
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
      label={driverId === undefined ? t('step.assign') : t('assign.submit', { driver: driverId })}
      onSubmit={() => {
        if (driverId !== undefined) run.mutate({ driverId, ...(suggestion && { decisionId: suggestion.decisionId }) });
      }}
    >
      <p>{t('assign.explain')}</p>
      <Choices
        label={t('assign.driver')}
        value={driverId}
        onChange={setDriver}
        options={shown.map((driver) => ({
          value: driver.driverId,
          label: (
            <>
              {driver.driverId} {driver.licences.join(' ')}
              <br />
              <small>
                {t('board.hours_left', { clock: clockText(driver.minutesLeft) })} ·{' '}
                {driver.isFree ? t('board.driver_free') : t('board.driver_assigned')}
                {driver.delayMinutes !== undefined && <> · {t('assign.delay', { minutes: driver.delayMinutes })}</>}
                {driver.isSuggested && <> · {t('assign.suggested')}</>}
              </small>
            </>
          ),
        }))}
      />
      {shown.length < ranked.length && (
        <Button type="link" onClick={() => setWhole(true)}>
          {t('assign.show_all', { count: ranked.length })}
        </Button>
      )}
    </Step>
  );
}
