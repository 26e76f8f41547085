import { Alert, Button } from 'antd';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import { signingOf } from './signing.js';
import type { Shift } from './use-shift.js';

/** Who has signed, and what whoever works here may sign now: two leads, one after the other, the same picture. */
export function ShiftSigning({ stationCode, shift }: { readonly stationCode: string; readonly shift: Shift }) {
  const { t, problem, dateTimeOf } = useTexts();
  const { caller, handovers } = shift;
  const [newest] = handovers;
  const signing = signingOf({ newest, role: caller.role, accountId: caller.accountId });
  const handOver = useChange((path: { readonly stationCode: string }, headers) =>
    yizhan.shiftHandovers.handOver({ path, headers }),
  );
  const takeOver = useChange((path: { readonly handoverId: string }, headers) =>
    yizhan.shiftHandovers.takeOver({ path, headers }),
  );
  const failure = handOver.error ?? takeOver.error;
  return (
    <section className="panel">
      <h2>{t('shift.signatures')}</h2>
      {failure && <Alert role="alert" type="error" showIcon title={problem(failure)} />}
      {newest ? (
        <p role="status">
          {newest.state === 'taken' && newest.takenAt !== undefined
            ? t('shift.taken', {
                outgoing: newest.outgoingId,
                incoming: newest.incomingId ?? '',
                time: dateTimeOf(newest.takenAt),
              })
            : t('shift.offered', { outgoing: newest.outgoingId, time: dateTimeOf(newest.offeredAt) })}
        </p>
      ) : (
        <p role="status">{t('shift.never')}</p>
      )}
      {signing === 'none' && <p className="empty">{t('shift.leads_sign')}</p>}
      {signing === 'wait' && <p className="empty">{t('shift.wait')}</p>}
      {signing === 'take_over' && newest && (
        <Button
          type="primary"
          size="large"
          className="big-button"
          loading={takeOver.isPending}
          onClick={() => takeOver.mutate({ handoverId: newest.handoverId })}
        >
          {t('shift.take_over')}
        </Button>
      )}
      {(signing === 'hand_over' || signing === 'wait') && (
        <Button
          type={signing === 'hand_over' ? 'primary' : 'default'}
          size="large"
          className="big-button"
          loading={handOver.isPending}
          onClick={() => handOver.mutate({ stationCode })}
        >
          {signing === 'wait' ? t('shift.hand_over_again') : t('shift.hand_over')}
        </Button>
      )}
    </section>
  );
}
