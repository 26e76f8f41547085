import { Alert, Button } from 'antd';
import { useSyncExternalStore } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { newerVersion, onNewerVersion, takeNewerVersion } from './newer-version.js';

/** Says that there is a new version; nothing is exchanged before somebody taps. */
export function UpdatePrompt() {
  const { t } = useTexts();
  const worker = useSyncExternalStore(onNewerVersion, newerVersion);
  if (!worker) return undefined;
  return (
    <Alert
      banner
      type="info"
      title={t('offline.new_version')}
      action={<Button onClick={takeNewerVersion}>{t('offline.update')}</Button>}
    />
  );
}
