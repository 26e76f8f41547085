import { Alert } from 'antd';
import { useTexts } from '../i18n/use-texts.js';
import { AskOverride } from './ask-override.js';
import type { OverrideRequest } from './overrides.js';

/** A seal that is not the recorded one: the handoff is aborted, or a second person lets it be taken as it is. */
export function OverrideSeal({
  handoffId,
  seal,
  request,
}: {
  readonly handoffId: string;
  readonly seal: { readonly number: string; readonly intact: boolean };
  readonly request: OverrideRequest | undefined;
}) {
  const { t } = useTexts();
  const about = { handoffId, rule: 'seal' as const, seal };
  return (
    <>
      <Alert type="warning" showIcon title={t('overrides.other_seal')} />
      <AskOverride key={`${seal.number} ${seal.intact}`} about={about} request={request} />
    </>
  );
}
