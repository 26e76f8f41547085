import { useTexts } from '../i18n/use-texts.js';
import { useSecond } from '../live/use-now.js';
import { timeToAccept } from './accept-time.js';

const marks = { calm: '', soon: '▲ ', over: '■ ' } as const;

/** What is left of the time in which a driver who is asked has to accept; near the end with a mark and a word of its own. */
export function AcceptClock({ acceptBy }: { readonly acceptBy: string }) {
  const { t } = useTexts();
  const { clock, urgency } = timeToAccept(acceptBy, useSecond());
  const classes = { calm: '', soon: ' clock-warning', over: ' clock-critical' } as const;
  return (
    // Read out where somebody comes to it, not every second.
    <span className={`clock${classes[urgency]}`} role="timer" aria-live="off">
      <span aria-hidden="true">{marks[urgency]}</span>
      {urgency === 'over' ? t('asked.over') : t('asked.left', { clock })}
    </span>
  );
}

/** That the time to accept is nearly over, or over: told once each, to whoever listens. */
export function AcceptWarning({ acceptBy }: { readonly acceptBy: string }) {
  const { t } = useTexts();
  const { urgency } = timeToAccept(acceptBy, useSecond());
  return (
    <p role="status" className={urgency === 'calm' ? 'visually-hidden' : 'accept-warning'}>
      {urgency === 'soon' && t('asked.soon')}
      {urgency === 'over' && t('asked.then_now')}
    </p>
  );
}
