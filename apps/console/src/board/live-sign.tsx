import { useTexts } from '../i18n/use-texts.js';

/** Whether what is shown is so now, and of when it is. */
export function LiveSign({ state, asOf }: { readonly state: 'live' | 'stale'; readonly asOf: string }) {
  const { t, dateTimeOf } = useTexts();
  return (
    <span className={`live live-${state}`} role="status">
      <span aria-hidden="true">{state === 'live' ? '●' : '◌'}</span>{' '}
      {state === 'live' ? t('live.live') : t('live.stale')}
      <small> {t('live.as_of', { time: dateTimeOf(asOf) })}</small>
    </span>
  );
}
