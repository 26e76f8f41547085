import { useTexts } from '../i18n/use-texts.js';
import type { AgainstDaysBefore } from './days-before.js';

export interface FiguresShown {
  readonly shown: readonly (readonly [string, string | number])[];
}

/** The figures at the side of a big screen. */
export function ScreenFigures({ shown }: FiguresShown) {
  return (
    <dl className="screen-figures">
      {shown.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The last full hour beside the same hour of the days before. */
export function DaysBefore({ hour, now, yesterday, usual }: AgainstDaysBefore) {
  const { t, timeOf } = useTexts();
  return (
    <section className="screen-panel" aria-labelledby="screen-days">
      <h2 id="screen-days">{t('centre.last_full_hour', { time: timeOf(hour) })}</h2>
      <dl className="screen-days">
        <div>
          <dt>{t('centre.this_hour')}</dt>
          <dd>{now}</dd>
        </div>
        <div>
          <dt>{t('centre.yesterday')}</dt>
          <dd>{yesterday ?? '–'}</dd>
        </div>
        <div>
          <dt>{t('centre.usual')}</dt>
          <dd>{usual === undefined ? '–' : usual.toFixed(1)}</dd>
        </div>
      </dl>
    </section>
  );
}
