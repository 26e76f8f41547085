import { useTexts } from '../i18n/use-texts.js';
import type { LoggedStep } from './logged-step.js';

/** The number of a place in the queue: this device's own, marked as such, until the service has given one. */
export function TicketNo({ queued: { state, answer, provisionalNo = '' } }: { readonly queued: LoggedStep }) {
  const { t } = useTexts();
  const given = answer?.['ticketNo'];
  if (state === 'done' && typeof given === 'string') return given;
  return (
    <>
      <span className="provisional-number">{t('offline.provisional', { no: provisionalNo })}</span>
      <small className="number-to-come">{t('offline.number_to_come')}</small>
    </>
  );
}
