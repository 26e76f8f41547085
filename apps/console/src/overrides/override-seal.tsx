import { Alert } from 'antd';
import { useEffect } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { AskOverride, useAsked } from './ask-override.js';

/** A seal that is not the recorded one: the handoff is aborted, or a second person lets it be taken as it is. */
export function OverrideSeal({
  stationCode,
  handoffId,
  seal,
  onApproved,
}: {
  readonly stationCode: string;
  readonly handoffId: string;
  readonly seal: { readonly number: string; readonly intact: boolean };
  /** With the reason of what is approved; undefined while nothing is. */
  readonly onApproved: (reason: string | undefined) => void;
}) {
  const { t } = useTexts();
  const about = { handoffId, rule: 'seal' as const, seal };
  const request = useAsked(stationCode, about);
  const approved = request?.state === 'approved' ? request.reason : undefined;
  useEffect(() => onApproved(approved), [approved, onApproved]);
  return (
    <>
      <Alert type="warning" showIcon title={t('overrides.other_seal')} />
      <AskOverride key={`${seal.number} ${seal.intact}`} about={about} request={request} />
    </>
  );
}
