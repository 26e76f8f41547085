import type { RunResponse } from '@yizhan/client';
import { useTexts } from '../i18n/use-texts.js';

/** Where a truck is beyond the station, as far as that was recorded, and when it is due back. */
export function RunWords({ run }: { readonly run: RunResponse }) {
  const { t, codeText, dateTimeOf } = useTexts();
  const { direction, lastStep, dueBackAt, overdueAt } = run;
  return (
    <>
      <strong>
        {codeText('run_direction', direction)}
        {lastStep && ` · ${codeText('run_step', lastStep.step)} ${lastStep.enterpriseId}`}
      </strong>
      {lastStep && <small>{t('carrier.since', { time: dateTimeOf(lastStep.at) })}</small>}
      {dueBackAt !== undefined && (
        <span className={overdueAt === undefined ? undefined : 'badge badge-held'}>
          {overdueAt !== undefined && '! '}
          {t('run.due_back', { time: dateTimeOf(dueBackAt) })}
        </span>
      )}
    </>
  );
}
