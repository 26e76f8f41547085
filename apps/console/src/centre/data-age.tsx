import { useTexts } from '../i18n/use-texts.js';
import { useNow } from '../live/use-now.js';

const oldAfter = 120_000;

/** What instant the figures are of; plainly marked where they are old. */
export function DataAge({ asOf, isFailing }: { readonly asOf: string; readonly isFailing: boolean }) {
  const { t, dateTimeOf } = useTexts();
  const now = useNow();
  const isOld = isFailing || now - Date.parse(asOf) > oldAfter;
  return (
    <span className={isOld ? 'centre-age centre-age-old' : 'centre-age'} role="status">
      {isOld && <>{t('live.stale')} · </>}
      {t('live.as_of', { time: dateTimeOf(asOf) })}
    </span>
  );
}
