import { useTexts } from '../i18n/use-texts.js';
import './storage.css';
import { useStorage } from './use-storage.js';

/** Says to who works here that backups fail: where nobody sees the window of the PC, nobody else would. */
export function BackupBanner() {
  const { t } = useTexts();
  const { backups } = useStorage();
  if (backups === 'ok') return null;
  return (
    <div className="storage storage-low" role="status">
      {t('storage.backups_overdue')}
    </div>
  );
}
