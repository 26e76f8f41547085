import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { PlateOf } from '../frame/plate-of.js';
import { useTexts } from '../i18n/use-texts.js';
import type { LoggedStep } from './logged-step.js';
import { enteredIn } from './entered.js';

/** One step of this device: what, of which truck, when, and how it stands. */
export function StepCard({
  logged: { step, about, time, state, account, discardedFor },
  note,
  children,
}: {
  readonly logged: LoggedStep;
  readonly note?: string | undefined;
  readonly children?: ReactNode;
}) {
  const { t, codeText, dateTimeOf } = useTexts();
  const entered = enteredIn(step.body);
  return (
    <>
      <div className="logged-head">
        <strong>{codeText('step_kind', step.kind)}</strong>
        <PlateOf plate={about.plate} />
        <time dateTime={time}>{dateTimeOf(time)}</time>
        <small>{account}</small>
        <span
          className={state === 'waiting' ? 'badge badge-waiting' : state === 'refused' ? 'badge badge-held' : 'badge'}
        >
          {state === 'discarded' && discardedFor !== undefined
            ? t('offline.discarded', { reason: codeText('discard_reason', discardedFor) })
            : codeText('step_state', state)}
        </span>
      </div>
      {note !== undefined && <p>{note}</p>}
      {entered.length > 0 && (
        <details>
          <summary>{t('offline.was_entered')}</summary>
          <ul>
            {entered.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
      <Link to={`/truck/${about.visitId}`}>{t('offline.to_truck')}</Link>
      {children}
    </>
  );
}
