import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useChange } from '../api/use-change.js';
import { AcceptClock } from '../board/accept-clock.js';
import { clockText } from '../board/phases.js';
import { Plate } from '../frame/plate.js';
import { useTexts } from '../i18n/use-texts.js';
import { type DeclineReason, declineReasons } from '../handoff/decline-reasons.js';
import { Choices } from '../handoff/steps/step-props.js';
import { asDriver, type DriverTask } from './driver-api.js';

type Act = 'accept' | 'decline' | 'sign';

/** What the driver can do now, as far as the handoff is. */
export function DriverTaskView({
  task: { driver, handoff, station, expiresAt },
  token,
}: {
  readonly task: DriverTask;
  readonly token: string;
}) {
  const { t, problem, codeText, dateTimeOf, timeOf } = useTexts();
  const [isDeclining, setDeclining] = useState(false);
  const [reason, setReason] = useState<DeclineReason>();
  const { driverId } = driver;
  const act = useChange(async ({ what, handoffId }: { readonly what: Act; readonly handoffId: string }, headers) => {
    const api = asDriver(token);
    const path = { handoffId };
    if (what === 'accept') await api.handoffs.accept({ path, headers, body: { driverId } });
    else if (what === 'decline')
      await api.handoffs.decline({ path, headers, body: { driverId, ...(reason && { reason }) } });
    else
      await api.handoffs.sign({
        path,
        headers,
        body: { role: driverId === handoff?.driverId ? 'oncoming' : 'offgoing' },
      });
    setDeclining(false);
  });
  const isMine = handoff?.driverId === driverId;
  if (!handoff || !station || (!isMine && handoff.state !== 'started')) {
    return (
      <section className="driver-card">
        <h1>{t('driver.hello', { driver: driverId })}</h1>
        <p>{t('driver.nothing')}</p>
        {driver.shift && <p>{t('board.shift_until', { time: timeOf(driver.shift.endsAt) })}</p>}
        {driver.minutesLeft !== undefined && <p>{t('board.hours_left', { clock: clockText(driver.minutesLeft) })}</p>}
        {driver.holdsPlate !== undefined && <p>{t('driver.holds', { plate: driver.holdsPlate })}</p>}
      </section>
    );
  }
  const { handoffId, state, allowedSteps, signatures } = handoff;
  const hasSigned = signatures.some(({ personId }) => personId === driverId);
  const big = (what: Act, label: string) => (
    <Button
      block
      type="primary"
      size="large"
      className="big-button"
      loading={act.isPending}
      onClick={() => act.mutate({ what, handoffId })}
    >
      {label}
    </Button>
  );
  return (
    <section className="driver-card" aria-live="polite">
      <h1>{codeText('handoff_state', state)}</h1>
      <dl>
        <dt>{t('driver.truck')}</dt>
        <dd>
          <Plate plate={handoff.plate} isLarge />
        </dd>
        <dt>{t('driver.where')}</dt>
        <dd>
          {station.name}
          {handoff.bayCode !== undefined && <> · {t('board.bay', { bay: handoff.bayCode })}</>}
        </dd>
        <dt>{t('driver.way')}</dt>
        <dd>
          {handoff.flow === 'into_zone' ? t('flow.into_zone') : t('flow.out_of_zone')} · {handoff.zoneId}
          {handoff.route !== undefined && <> · {t('driver.route', { route: handoff.route })}</>}
        </dd>
        {handoff.plannedStartAt !== undefined && (
          <>
            <dt>{t('driver.when')}</dt>
            <dd>{dateTimeOf(handoff.plannedStartAt)}</dd>
          </>
        )}
        {handoff.plannedReturnAt !== undefined && (
          <>
            <dt>{t('driver.back')}</dt>
            <dd>{dateTimeOf(handoff.plannedReturnAt)}</dd>
          </>
        )}
        {driver.shift && (
          <>
            <dt>{t('driver.shift')}</dt>
            <dd>
              {t('board.shift_until', { time: timeOf(driver.shift.endsAt) })}
              {driver.minutesLeft !== undefined && (
                <> · {t('board.hours_left', { clock: clockText(driver.minutesLeft) })}</>
              )}
            </dd>
          </>
        )}
      </dl>
      {isMine && state === 'assigned' && handoff.acceptBy !== undefined && (
        <div className="driver-asked">
          <p>
            {t('driver.accept_by', { time: timeOf(handoff.acceptBy) })} <AcceptClock acceptBy={handoff.acceptBy} />
          </p>
          <p>{t('driver.accept_then')}</p>
        </div>
      )}
      {act.error && <Alert role="alert" type="error" showIcon title={problem(act.error)} />}
      {isMine && allowedSteps.includes('accept') && !isDeclining && big('accept', t('driver.accept'))}
      {isMine && allowedSteps.includes('decline') && !isDeclining && (
        <Button block size="large" onClick={() => setDeclining(true)}>
          {t('driver.decline')}
        </Button>
      )}
      {isDeclining && (
        <>
          <p>{t('driver.decline_explain')}</p>
          <Choices
            label={t('reason.choose')}
            value={reason}
            onChange={setReason}
            options={declineReasons.map((value) => ({ value, label: codeText('decline_reason', value) }))}
          />
          <Button
            block
            danger
            size="large"
            className="big-button"
            loading={act.isPending}
            disabled={reason === undefined}
            onClick={() => act.mutate({ what: 'decline', handoffId })}
          >
            {t('driver.decline_sure')}
          </Button>
          <Button block size="large" onClick={() => setDeclining(false)}>
            {t('guide.back')}
          </Button>
        </>
      )}
      {state === 'accepted' && <p>{t('driver.go_to_bay')}</p>}
      {allowedSteps.includes('sign') &&
        !hasSigned &&
        big('sign', isMine ? t('driver.sign_oncoming') : t('driver.sign_offgoing'))}
      {hasSigned && state === 'started' && <p>✓ {t('driver.signed')}</p>}
      {state === 'completed' && <p>✓ {isMine ? t('driver.yours') : t('driver.handed_over')}</p>}
      <p className="driver-until">{t('driver_link.until', { time: timeOf(expiresAt) })}</p>
    </section>
  );
}
