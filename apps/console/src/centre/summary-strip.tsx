import { useTexts } from '../i18n/use-texts.js';
import type { Summary } from './standings.js';

/** The figures that one looks at first. Trucks under way belong to no station, so a county has no figure of them. */
export function SummaryStrip({ summary, isOfCounty }: { readonly summary: Summary; readonly isOfCounty: boolean }) {
  const { t } = useTexts();
  const shown: readonly (readonly [string, string | number])[] = [
    [t('centre.arrivals_in'), summary.arrivalsIn],
    [t('centre.arrivals_out'), summary.arrivalsOut],
    [t('centre.departures'), summary.departures],
    [t('centre.queued_outside'), summary.queuedOutside],
    [t('centre.on_site'), summary.onSite],
    [t('centre.waiting_for_driver'), summary.waitingForDriver],
    [t('centre.drivers'), `${summary.driversIdle} / ${summary.driversOnDuty}`],
    [t('centre.runs'), isOfCounty ? '–' : `${summary.runsOverdue} / ${summary.runsOut}`],
    [t('centre.exceptions'), summary.exceptions],
  ];
  return (
    <dl className="centre-figures">
      {shown.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
