import { useTexts } from '../i18n/use-texts.js';
import { clockText, criticalAfter, minutesSince, urgencyOf, warningAfter } from './phases.js';

const marks = { calm: '', warning: '▲', critical: '■' } as const;

/** How long a truck waits: amber after an hour and red after two, each with a mark and a word of its own. */
export function WaitingClock({ since, now }: { readonly since: string; readonly now: number }) {
  const { t } = useTexts();
  const minutes = minutesSince(since, now);
  const urgency = urgencyOf(minutes);
  const words = {
    calm: '',
    warning: t('board.over', { minutes: warningAfter }),
    critical: t('board.over', { minutes: criticalAfter }),
  };
  return (
    <span className={`clock clock-${urgency}`}>
      <span aria-hidden="true">{marks[urgency]} </span>
      <span className="visually-hidden">{t('board.waits')} </span>
      {clockText(minutes)}
      {words[urgency] && <small> {words[urgency]}</small>}
    </span>
  );
}
