import { useTexts } from '../i18n/use-texts.js';
import type { OverrideRequest } from './overrides.js';

/** How a request stands, and until when. */
export function OverrideState({ request }: { readonly request: OverrideRequest }) {
  const { t, codeText, timeOf } = useTexts();
  const { state, decidedById, expiresAt, standsUntil } = request;
  return (
    <p className="override-state">
      <span className={state === 'refused' ? 'badge badge-held' : 'badge'}>{codeText('override_state', state)}</span>{' '}
      {state === 'open' && t('overrides.until', { time: timeOf(expiresAt) })}
      {decidedById !== undefined && t('overrides.by', { person: decidedById })}
      {standsUntil !== undefined && ` · ${t('overrides.stands', { time: timeOf(standsUntil) })}`}
    </p>
  );
}
