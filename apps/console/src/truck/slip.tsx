import { Alert, Button, Space } from 'antd';
import { useState } from 'react';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { DriverLink } from '../handoff/driver-link.js';
import { useTexts } from '../i18n/use-texts.js';
import type { Truck } from './use-truck.js';

type Handoff = NonNullable<Truck['handoff']>;
const formats = ['80mm', 'a5'] as const;

/** The paper of a handoff, and the link for the driver who is to take the truck. */
export function Slip({ handoff }: { readonly handoff: Handoff }) {
  const { t, problem, isEnglish } = useTexts();
  const [printed, setPrinted] = useState<{ readonly address: string; readonly name: string }>();
  const print = useChange(
    ({ format }: { readonly format: (typeof formats)[number] }, headers) =>
      yizhan.slips.print({
        path: { handoffId: handoff.handoffId },
        headers,
        body: { format, lang: isEnglish ? 'en' : 'zh' },
        parseAs: 'blob',
      }),
    (file, { format }) => {
      if (printed) URL.revokeObjectURL(printed.address);
      setPrinted({
        address: URL.createObjectURL(new Blob([file], { type: 'application/pdf' })),
        name: `slip-${format}.pdf`,
      });
    },
  );
  return (
    <section className="panel">
      <h2>{t('slip.title')}</h2>
      {print.error && <Alert role="alert" type="error" showIcon title={problem(print.error)} />}
      <Space wrap>
        {formats.map((format) => (
          <Button key={format} loading={print.isPending} onClick={() => print.mutate({ format })}>
            {t('slip.print', { format: format === 'a5' ? 'A5' : '80 mm' })}
          </Button>
        ))}
        {printed && (
          <a href={printed.address} download={printed.name}>
            {t('slip.download')}
          </a>
        )}
      </Space>
      {(handoff.state === 'assigned' || handoff.state === 'accepted' || handoff.state === 'started') && (
        <DriverLink handoff={handoff} />
      )}
    </section>
  );
}
