import { useTexts } from '../i18n/use-texts.js';
import { useBothClocks } from '../live/use-now.js';
import { isCutOff } from './is-cut-off.js';

/** What instant the figures are of; plainly marked where they are old, and where nothing comes any more. */
export function DataAge({
  asOf,
  readAt,
  isFailing,
}: {
  readonly asOf: string;
  /** When they were read last: epoch milliseconds of this device. */
  readonly readAt: number;
  readonly isFailing: boolean;
}) {
  const { t, dateTimeOf } = useTexts();
  const now = useBothClocks();
  const isOld = isFailing || isCutOff({ asOf: Date.parse(asOf), readAt }, now);
  return (
    <span className={isOld ? 'centre-age centre-age-old' : 'centre-age'} role="status">
      {isOld && (
        <>
          <span aria-hidden="true">◌</span> {t('live.stale')} ·{' '}
        </>
      )}
      {t('live.as_of', { time: dateTimeOf(asOf) })}
    </span>
  );
}
