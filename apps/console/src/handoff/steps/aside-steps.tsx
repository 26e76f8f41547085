import { useState } from 'react';
import { useChange } from '../../api/use-change.js';
import { yizhan } from '../../api/yizhan.js';
import { useTexts } from '../../i18n/use-texts.js';
import { declineReasons } from '../decline-reasons.js';
import { Choices, Step, type StepProps } from './step-props.js';

interface Asked<Reason> {
  readonly reason: Reason;
}

type Headers = { readonly 'Idempotency-Key': string };

/** A step that asks for a reason, or for nothing where there is only one. */
function ReasonedStep<Reason extends string>({
  reasons,
  kind = 'reason',
  run,
  label,
  onDone,
  isDangerous = false,
}: {
  readonly reasons: readonly [Reason, ...Reason[]];
  /** In which words they are told. */
  readonly kind?: 'reason' | 'decline_reason';
  readonly run: (reason: Reason, headers: Headers) => Promise<unknown>;
  readonly label: string;
  readonly onDone: () => void;
  readonly isDangerous?: boolean;
}) {
  const { t, codeText } = useTexts();
  const [reason, setReason] = useState<Reason | undefined>(reasons.length === 1 ? reasons[0] : undefined);
  const change = useChange(({ reason: given }: Asked<Reason>, headers: Headers) => run(given, headers), onDone);
  return (
    <Step
      error={change.error}
      isBusy={change.isPending}
      isReady={reason !== undefined}
      isDangerous={isDangerous}
      label={label}
      onSubmit={() => {
        if (reason !== undefined) change.mutate({ reason });
      }}
    >
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
  path: { handoffId: handoff?.handoffId ?? '' },
  driverId: handoff?.driverId ?? '',
});

export function AcceptStep(props: StepProps) {
  const { t } = useTexts();
  const { path, driverId } = handoffOf(props);
  return (
    <ReasonedStep
      reasons={['accepted']}
      label={t('accept.submit', { driver: driverId })}
      onDone={props.onDone}
      run={(_reason, headers) => yizhan.handoffs.accept({ path, headers, body: { driverId } })}
    />
  );
}

export function DeclineStep(props: StepProps) {
  const { t } = useTexts();
  const { path, driverId } = handoffOf(props);
  return (
    <ReasonedStep
      reasons={declineReasons}
      kind="decline_reason"
      label={t('decline.submit', { driver: driverId })}
      onDone={props.onDone}
      isDangerous
      run={(reason, headers) => yizhan.handoffs.decline({ path, headers, body: { driverId, reason } })}
    />
  );
}

export function NoShowStep(props: StepProps) {
  const { t } = useTexts();
  const { path, driverId } = handoffOf(props);
  return (
    <ReasonedStep
      reasons={['no_show']}
      label={t('no_show.submit', { driver: driverId })}
      onDone={props.onDone}
      isDangerous
      run={(_reason, headers) => yizhan.handoffs.reportNoShow({ path, headers, body: { driverId } })}
    />
  );
}

export function WithdrawStep(props: StepProps) {
  const { t } = useTexts();
  const { path, driverId } = handoffOf(props);
  return (
    <ReasonedStep
      reasons={['withdrawn']}
      label={t('withdraw.submit', { driver: driverId })}
      onDone={props.onDone}
      isDangerous
      run={(_reason, headers) => yizhan.handoffs.withdraw({ path, headers, body: { driverId } })}
    />
  );
}

export function AbortStep(props: StepProps) {
  const { t } = useTexts();
  const { path } = handoffOf(props);
  return (
    <ReasonedStep
      reasons={['seal_mismatch', 'vehicle_defect', 'driver_unfit', 'papers_missing', 'other']}
      label={t('abort.submit')}
      onDone={props.onDone}
      isDangerous
      run={(reason, headers) => yizhan.handoffs.abort({ path, headers, body: { reason } })}
    />
  );
}

export function EndCallStep({ truck: { visit }, onDone }: StepProps) {
  const { t } = useTexts();
  return (
    <ReasonedStep
      reasons={['no_show', 'withdrawn']}
      label={t('end_call.submit')}
      onDone={onDone}
      run={(reason, headers) =>
        yizhan.visits.endCall({
          path: { visitId: visit.visitId },
          headers,
          body: { reason: reason === 'no_show' ? 'no_show' : 'withdrawn' },
        })
      }
    />
  );
}

export function HoldStep({ truck: { visit }, onDone }: StepProps) {
  const { t } = useTexts();
  return (
    <ReasonedStep
      reasons={['seal_mismatch', 'papers_missing', 'cargo_damaged', 'inspection', 'other']}
      label={t('hold.submit')}
      onDone={onDone}
      run={(reason, headers) =>
        yizhan.cargo.hold({ path: { visitId: visit.visitId }, headers, body: { reasons: [reason] } })
      }
    />
  );
}

export function LiftHoldStep({ truck: { visit }, onDone }: StepProps) {
  const { t } = useTexts();
  const byHand = visit.holds.find(({ lifting }) => lifting === 'by_hand');
  return (
    <ReasonedStep
      reasons={['inspected', 'papers_shown', 'other']}
      label={t('lift_hold.submit')}
      onDone={onDone}
      run={(reason, headers) =>
        yizhan.cargo.liftHold({
          path: { visitId: visit.visitId, holdId: byHand?.holdId ?? '' },
          headers,
          body: { reason },
        })
      }
    />
  );
}

export function CancelStep({ truck: { visit }, onDone }: StepProps) {
  const { t } = useTexts();
  return (
    <ReasonedStep
      reasons={['did_not_come', 'entered_by_mistake', 'other']}
      label={t('cancel.submit')}
      onDone={onDone}
      isDangerous
      run={(reason, headers) => yizhan.visits.cancel({ path: { visitId: visit.visitId }, headers, body: { reason } })}
    />
  );
}
