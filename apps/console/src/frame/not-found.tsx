import { Result } from 'antd';
import { Link } from 'react-router';
import { useTexts } from '../i18n/use-texts.js';
import { useTitle } from './use-title.js';

/** An address that is none of ours. */
export function NotFound() {
  const { t } = useTexts();
  useTitle(t('not_found.title'));
  return <Result status="404" title={t('not_found.title')} extra={<Link to="/">{t('not_found.home')}</Link>} />;
}
