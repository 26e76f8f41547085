import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { type ReactNode, useState } from 'react';
import { asking, yizhan } from '../../api/yizhan.js';
import { useTexts } from '../../i18n/use-texts.js';
import { aboutOf, type NewStep } from '../../offline/step-kinds.js';
import { useStep } from '../../offline/use-steps.js';
import { declineReasons } from '../decline-reasons.js';
import { holdsToLift } from '../holds-to-lift.js';
import { Choices, Step, type StepProps } from './step-props.js';

/** A step that asks for a reason, or for nothing where there is only one. */
function ReasonedStep<Reason extends string>({
  reasons,
  kind = 'reason',
  step,
  label,
  of: { truck, onDone },
  isDangerous = false,
  children,
}: {
  readonly reasons: readonly [Reason, ...Reason[]];
  /** In which words they are told. */
  readonly kind?: 'reason' | 'decline_reason';
  readonly step: (reason: Reason) => NewStep;
  readonly label: string;
  readonly of: StepProps;
  readonly isDangerous?: boolean;
  /** What else is asked, before the reason. */
  readonly children?: ReactNode;
}) {
  const { t, codeText } = useTexts();
  const [reason, setReason] = useState<Reason | undefined>(reasons.length === 1 ? reasons[0] : undefined);
  const change = useStep(aboutOf(truck.visit), onDone);
  return (
    <Step
      error={change.error}
      isBusy={change.isPending}
      isReady={reason !== undefined}
      isDangerous={isDangerous}
      label={label}
      onSubmit={() => {
        if (reason !== undefined) change.mutate([step(reason)]);
      }}
    >
      {children}
      {reasons.length > 1 && (
        <Choices
          label={t('reason.choose')}
          value={reason}
          onChange={setReason}
          options={reasons.map((value) => ({ value, label: codeText(kind, value) }))}
        />
      )}
    </Step>
  );
}

const handoffOf = ({ truck: { handoff } }: StepProps) => ({
  id: handoff?.handoffId ?? '',
  driverId: handoff?.driverId ?? '',
});

export function AcceptStep(props: StepProps) {
  const { t } = useTexts();
  const { id, driverId } = handoffOf(props);
  return (
    <ReasonedStep
      reasons={['accepted']}
      label={t('accept.submit', { driver: driverId })}
      of={props}
      step={() => ({ kind: 'acceptance', id, body: { driverId } })}
    />
  );
}

export function DeclineStep(props: StepProps) {
  const { t } = useTexts();
  const { id, driverId } = handoffOf(props);
  return (
    <ReasonedStep
      reasons={declineReasons}
      kind="decline_reason"
      label={t('decline.submit', { driver: driverId })}
      of={props}
      isDangerous
      step={(reason) => ({ kind: 'decline', id, body: { driverId, reason } })}
    />
  );
}

export function NoShowStep(props: StepProps) {
  const { t } = useTexts();
  const { id, driverId } = handoffOf(props);
  return (
    <ReasonedStep
      reasons={['no_show']}
      label={t('no_show.submit', { driver: driverId })}
      of={props}
      isDangerous
      step={() => ({ kind: 'no_show', id, body: { driverId } })}
    />
  );
}

export function WithdrawStep(props: StepProps) {
  const { t } = useTexts();
  const { id, driverId } = handoffOf(props);
  return (
    <ReasonedStep
      reasons={['withdrawn']}
      label={t('withdraw.submit', { driver: driverId })}
      of={props}
      isDangerous
      step={() => ({ kind: 'withdrawal', id, body: { driverId } })}
    >
      <p>{t('withdraw.what', { driver: driverId })}</p>
      <NextDriver handoffId={id} />
    </ReasonedStep>
  );
}

/** Who would come instead, as the scheduler sees it now; nothing where nobody can say. */
function NextDriver({ handoffId }: { readonly handoffId: string }) {
  const { t, timeOf } = useTexts();
  const { data, error } = useQuery({
    queryKey: ['station', 'withdrawal', handoffId],
    queryFn: () => asking(() => yizhan.handoffs.previewWithdrawal({ path: { handoffId } })),
    refetchInterval: 10_000,
  });
  // What was so before the network was gone is no word on what follows now.
  if (!data || error) return null;
  const { driverId, nextDriverId, plannedStartAt } = data;
  if (nextDriverId === undefined) return <Alert type="warning" showIcon title={t('withdraw.nobody')} />;
  if (nextDriverId === driverId)
    return <Alert type="warning" showIcon title={t('withdraw.same', { driver: driverId })} />;
  const time = plannedStartAt === undefined ? '' : timeOf(plannedStartAt);
  return <Alert type="info" showIcon title={t('withdraw.next', { driver: nextDriverId, time })} />;
}

export function AbortStep(props: StepProps) {
  const { t } = useTexts();
  const { id } = handoffOf(props);
  return (
    <ReasonedStep
      reasons={['seal_mismatch', 'vehicle_defect', 'driver_unfit', 'papers_missing', 'other']}
      label={t('abort.submit')}
      of={props}
      isDangerous
      step={(reason) => ({ kind: 'abortion', id, body: { reason } })}
    />
  );
}

export function EndCallStep(props: StepProps) {
  const { visit } = props.truck;
  const { t } = useTexts();
  return (
    <ReasonedStep
      reasons={['no_show', 'withdrawn']}
      label={t('end_call.submit')}
      of={props}
      step={(reason) => ({
        kind: 'call_end',
        id: visit.visitId,
        body: { reason: reason === 'no_show' ? 'no_show' : 'withdrawn' },
      })}
    />
  );
}

export function HoldStep(props: StepProps) {
  const { visit } = props.truck;
  const { t } = useTexts();
  return (
    <ReasonedStep
      reasons={['seal_mismatch', 'papers_missing', 'cargo_damaged', 'inspection', 'other']}
      label={t('hold.submit')}
      of={props}
      step={(reason) => ({ kind: 'hold', id: visit.visitId, body: { reasons: [reason] } })}
    />
  );
}

/** One of the holds: whoever has put on several has a reason for each. */
export function LiftHoldStep(props: StepProps) {
  const { visitId, holds } = props.truck.visit;
  const { t, codeText, timeOf } = useTexts();
  const liftable = holdsToLift(holds);
  const [chosen, setHold] = useState<string>();
  const hold = liftable.find(({ holdId }) => holdId === chosen) ?? liftable[0];
  if (!hold) return null;
  return (
    <ReasonedStep
      reasons={['inspected', 'papers_shown', 'other']}
      label={t('lift_hold.submit')}
      of={props}
      step={(reason) => ({ kind: 'hold_lifting', id: visitId, partId: hold.holdId, body: { reason } })}
    >
      <Choices
        label={t('lift_hold.which')}
        value={hold.holdId}
        onChange={setHold}
        options={liftable.map(({ holdId, of, reasons, heldAt }) => ({
          value: holdId,
          label: `${reasons.map((reason) => codeText('reason', reason)).join(' · ')} · ${timeOf(heldAt)}${
            of === 'station' ? '' : ` · ${codeText('role', of)}`
          }`,
        }))}
      />
    </ReasonedStep>
  );
}

export function CancelStep(props: StepProps) {
  const { visit } = props.truck;
  const { t } = useTexts();
  return (
    <ReasonedStep
      reasons={['did_not_come', 'entered_by_mistake', 'other']}
      label={t('cancel.submit')}
      of={props}
      isDangerous
      step={(reason) => ({ kind: 'cancellation', id: visit.visitId, body: { reason } })}
    />
  );
}
