import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';

interface SecretOnceProps {
  /** Null where it was shown already. */
  readonly secret: string | null;
  readonly note?: string;
  /** What it is, and that it is gone; without them it is that of a subscription. */
  readonly title?: string;
  readonly gone?: string;
}

/** A secret as it is shown this once, to be put where the receiver reads it; nothing of it is kept here. */
export function SecretOnce({ secret, note, title, gone }: SecretOnceProps) {
  const { t } = useTexts();
  const [isCopied, setCopied] = useState(false);
  if (secret === null) return <Alert type="warning" showIcon title={gone ?? t('subscription.secret_gone')} />;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <div className="secret" role="status">
      <strong>{title ?? t('subscription.secret_once')}</strong>
      <code>{secret}</code>
      {/* Over plain HTTP there is no clipboard: it can be marked and copied by hand. */}
      {'clipboard' in navigator && (
        <Button size="large" onClick={() => void copy()}>
          {isCopied ? `✓ ${t('subscription.copied')}` : t('subscription.copy')}
        </Button>
      )}
      {note !== undefined && <small>{note}</small>}
    </div>
  );
}
