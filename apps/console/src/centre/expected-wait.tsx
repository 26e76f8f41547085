import { useTexts } from '../i18n/use-texts.js';
import { durationText } from './durations.js';

/** How long trucks would wait, as the scheduler forecasts it. */
export interface ExpectedWait {
  readonly trucks: number;
  readonly held: number;
  readonly never: number;
  readonly usualWaitSeconds?: number;
  readonly longestWaitSeconds?: number;
}

/** Half of them no longer than, and the longest; with how many never get a driver. */
export function ExpectedWaitText({ wait }: { readonly wait: ExpectedWait }) {
  const { t } = useTexts();
  const { trucks, held, never, usualWaitSeconds, longestWaitSeconds } = wait;
  return (
    <>
      {t('forecast.held', { held, trucks })}
      {usualWaitSeconds !== undefined && longestWaitSeconds !== undefined && (
        <>
          {' '}
          {t('forecast.waits', { usual: durationText(usualWaitSeconds), longest: durationText(longestWaitSeconds) })}
        </>
      )}
      {never > 0 && <> {t('forecast.never', { number: never })}</>}
    </>
  );
}
