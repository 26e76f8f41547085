import { Alert } from 'antd';
import { useInstallation } from '../demonstration/use-demonstration.js';
import { useTexts } from '../i18n/use-texts.js';
import { isOwnName, phoneOrigin } from './phone-origin.js';

/** Under which origin a phone opens what a code says; this page's own where none can. */
export function usePhoneOrigin(): string {
  return phoneOrigin(location, useInstallation()?.phonesAt) ?? location.origin;
}

/** Beside a code for a phone, on a page that was opened at its PC's own address: where the code leads, or that no phone can open it. */
export function WhoCanOpen() {
  const { t } = useTexts();
  const installation = useInstallation();
  if (!isOwnName(location.hostname) || !installation) return null;
  const { phonesAt, playing } = installation;
  if (phonesAt !== undefined) return <p className="phone-link">{t('driver_link.leads_to', { address: phonesAt })}</p>;
  const title = playing ? t('driver_link.only_demonstration') : t('driver_link.only_here');
  return <Alert type="warning" showIcon title={title} />;
}
