import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { Plate } from '../frame/plate.js';
import { useTexts } from '../i18n/use-texts.js';
import { usePhoneOrigin, WhoCanOpen } from '../reach/phone-link.js';
import { QrCode } from '../scan/qr-code.js';
import './gate.css';

/** A code that the driver scans at the gate, to say on his own phone who he is; its token stands behind `#`, and so in no log. */
export function GateCode({ visitId, plate }: { readonly visitId: string; readonly plate: string }) {
  const { t, problem, timeOf } = useTexts();
  const [link, setLink] = useState<{ readonly path: string; readonly expiresAt: string }>();
  const phoneOrigin = usePhoneOrigin();
  const make = useChange(
    (path: { readonly visitId: string }, headers) => yizhan.gate.createLink({ headers, path, body: {} }),
    ({ token, expiresAt }) => {
      const said = new URLSearchParams({ token, visit: visitId, plate });
      setLink({ path: `/gate#${said}`, expiresAt });
    },
  );
  return (
    <div className="gate-code">
      {make.error && <Alert role="alert" type="error" showIcon title={problem(make.error)} />}
      <Button size="large" loading={make.isPending} onClick={() => make.mutate({ visitId })}>
        {t('gate.make')}
      </Button>
      {link && (
        <>
          <WhoCanOpen />
          <div className="gate-paper">
            <Plate plate={plate} isLarge />
            <QrCode text={`${phoneOrigin}${link.path}`} label={t('gate.scan')} />
            <p>{t('gate.scan')}</p>
            <p>{t('driver_link.until', { time: timeOf(link.expiresAt) })}</p>
          </div>
          <p>
            <Button onClick={() => print()}>{t('gate.print')}</Button>{' '}
            <a href={link.path} target="_blank" rel="noreferrer">
              {t('driver_link.open')}
            </a>
          </p>
        </>
      )}
    </div>
  );
}
