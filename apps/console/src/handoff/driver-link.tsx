import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import { usePhoneOrigin, WhoCanOpen } from '../reach/phone-link.js';
import { QrCode } from '../scan/qr-code.js';

/** A link for the driver's own phone, good for minutes; its token stands behind `#`, and so in no log. */
export function DriverLink({
  handoff: { handoffId, driverId },
}: {
  readonly handoff: { readonly handoffId: string; readonly driverId?: string };
}) {
  const { t, problem, timeOf } = useTexts();
  const [link, setLink] = useState<{ readonly path: string; readonly expiresAt: string }>();
  const phoneOrigin = usePhoneOrigin();
  const make = useChange(
    (body: { readonly driverId: string; readonly handoffId: string }, headers) =>
      yizhan.driverLinks.create({ headers, body }),
    ({ token, expiresAt }) => setLink({ path: `/driver#token=${token}`, expiresAt }),
  );
  if (driverId === undefined) return undefined;
  return (
    <div className="driver-link">
      {make.error && <Alert role="alert" type="error" showIcon title={problem(make.error)} />}
      <Button loading={make.isPending} onClick={() => make.mutate({ driverId, handoffId })}>
        {t('driver_link.make', { driver: driverId })}
      </Button>
      {link && (
        <>
          <WhoCanOpen />
          <QrCode text={`${phoneOrigin}${link.path}`} label={t('driver_link.scan')} />
          <p>{t('driver_link.until', { time: timeOf(link.expiresAt) })}</p>
          <a href={link.path} target="_blank" rel="noreferrer">
            {t('driver_link.open')}
          </a>
        </>
      )}
    </div>
  );
}
