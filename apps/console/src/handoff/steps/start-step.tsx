import { Button, Input } from 'antd';
import { useState } from 'react';
import { baysFor } from '../../board/bays.js';
import { useBoard } from '../../board/use-board.js';
import { useTexts } from '../../i18n/use-texts.js';
import { serverNow } from '../../live/use-now.js';
import { aboutOf } from '../../offline/step-kinds.js';
import { useStep } from '../../offline/use-steps.js';
import { BayChoices } from './bay-choices.js';
import { Field, Step, type StepProps } from './step-props.js';

/** Both drivers are at the truck, in a bay, and somebody of the carrier has agreed. */
export function StartStep({ truck: { visit, handoff }, onDone }: StepProps) {
  const { t } = useTexts();
  const board = useBoard(visit.stationCode);
  const offered = baysFor(visit.visitId, board.data?.station.bays ?? [], board.data?.visits ?? []);
  const bays = offered.filter(({ takenBy }) => !takenBy).map(({ bay }) => bay);
  const [chosen, setBay] = useState<string>();
  const [by, setBy] = useState('');
  const called =
    visit.calledBayCode !== undefined && bays.includes(visit.calledBayCode) ? visit.calledBayCode : bays[0];
  const isOld = board.error !== null;
  // Another truck may have got it since it was chosen: then a person chooses again.
  const isLost = chosen !== undefined && !isOld && !bays.includes(chosen);
  const bayCode = isLost ? undefined : (chosen ?? called);
  const consent = handoff?.authorisation === undefined ? handoff?.consent : undefined;
  const isAuthorised = handoff?.authorisation !== undefined || consent !== undefined;
  const run = useStep(aboutOf(visit), onDone);
  // He who calls stays at this step: the truck comes, and the swap begins.
  const call = useStep(aboutOf(visit));
  const { carrierId } = visit;
  const driverId = handoff?.driverId;
  const send = (bay: string): void => {
    const at = new Date(serverNow() - 1_000).toISOString();
    const authorisation = { by: by.trim(), at, ...(carrierId !== undefined && { carrierId }) };
    const body = {
      bayCode: bay,
      // Who takes over is a fact, whoever is assigned when it is told.
      ...(driverId !== undefined && { driverId }),
      ...(!isAuthorised && { authorisation }),
    };
    run.mutate([{ kind: 'start', id: handoff?.handoffId ?? '', body }]);
  };
  return (
    <Step
      error={run.error ?? call.error ?? (board.data ? undefined : board.error)}
      isBusy={run.isPending}
      isReady={bayCode !== undefined && (isAuthorised || by.trim() !== '')}
      label={t('start.submit')}
      onSubmit={() => {
        if (bayCode !== undefined) send(bayCode);
      }}
    >
      <BayChoices label={t('start.bay')} bays={offered} isOld={isOld} value={bayCode} onChange={setBay} />
      {bays.length === 0 && <p>{t('start.no_bay')}</p>}
      {bayCode !== undefined && visit.calledBayCode === bayCode && <p>✓ {t('start.called', { bay: bayCode })}</p>}
      {bayCode !== undefined && visit.calledBayCode !== bayCode && visit.allowedSteps.includes('call') && (
        <Button
          size="large"
          className="big-button"
          loading={call.isPending}
          onClick={() => call.mutate([{ kind: 'call', id: visit.visitId, body: { bayCode } }])}
        >
          {t('start.call', { bay: bayCode })}
        </Button>
      )}
      {isAuthorised ? (
        <p>
          {consent === undefined
            ? t('start.authorised', { by: handoff?.authorisation?.by })
            : t('start.consented', { by: consent.by })}
        </p>
      ) : (
        <Field label={t('start.by')} htmlFor="start-by">
          <Input
            id="start-by"
            size="large"
            autoComplete="off"
            placeholder="dispatcher-07"
            value={by}
            onChange={({ target }) => setBy(target.value)}
          />
        </Field>
      )}
    </Step>
  );
}
