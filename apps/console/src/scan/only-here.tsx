import { Alert } from 'antd';
import { useTexts } from '../i18n/use-texts.js';

const ownNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** Warns where this page was opened at the address by which a PC reaches itself: no phone can open a code made of it. */
export function OnlyHere() {
  const { t } = useTexts();
  if (!ownNames.includes(location.hostname)) return null;
  return <Alert type="warning" showIcon title={t('driver_link.only_here')} />;
}
