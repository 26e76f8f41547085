import { useTexts } from '../i18n/use-texts.js';
import './demonstration.css';
import { useDemonstration } from './use-demonstration.js';

/** Says on every page that nothing here is real, and how real work begins. */
export function DemonstrationBanner() {
  const { t } = useTexts();
  const playing = useDemonstration();
  if (!playing) return null;
  return (
    <aside className="demonstration" aria-label={t('demonstration.banner')}>
      {playing.isOver ? t('demonstration.over') : t('demonstration.what', { speed: playing.speed })}{' '}
      <span>
        {t('demonstration.real')} <code>--empty</code>
      </span>
    </aside>
  );
}
