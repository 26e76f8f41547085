import { Link } from 'react-router';
import { useTexts } from '../i18n/use-texts.js';
import './offline.css';
import { useUnsent } from './use-steps.js';

/** In the frame of every page: what this device has not sent yet, and what was refused. */
export function UnsentBadge() {
  const { t } = useTexts();
  const { waiting, refused } = useUnsent();
  return (
    <Link
      to="/unsent"
      className="unsent"
      aria-live="polite"
      aria-label={waiting + refused === 0 ? t('offline.title') : undefined}
    >
      {waiting > 0 && <span className="badge badge-waiting">⇡ {t('offline.saved', { count: waiting })}</span>}
      {refused > 0 && <span className="badge badge-held">! {t('offline.refused', { count: refused })}</span>}
      {waiting + refused === 0 && <span aria-hidden="true">⇅</span>}
    </Link>
  );
}
