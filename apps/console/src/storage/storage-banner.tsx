import { useTexts } from '../i18n/use-texts.js';
import './storage.css';
import { useStorage } from './use-storage.js';

/** Says on every page that the disk is full, or soon will be. */
export function StorageBanner() {
  const { t } = useTexts();
  const { state } = useStorage();
  if (state === 'ok') return null;
  return (
    <div className={`storage storage-${state}`} role={state === 'full' ? 'alert' : 'status'}>
      {state === 'full' ? t('storage.full') : t('storage.low')}
    </div>
  );
}
