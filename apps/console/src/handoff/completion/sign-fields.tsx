import { Checkbox } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/use-texts.js';
import { Fault } from './part-form.js';
import { type CompletionDraft, sealOf } from './parts.js';

/** Somebody signs: what for, and that he has. */
export function SignFields({
  draft,
  photoCount,
  hasSigned,
  isSigned,
  isTried,
  label,
  onSign,
  children,
}: {
  readonly draft: CompletionDraft;
  readonly photoCount: number;
  /** That he has signed elsewhere, in words: there is nothing to be said here. */
  readonly hasSigned?: string | undefined;
  readonly isSigned: boolean;
  readonly isTried: boolean;
  readonly label: string;
  readonly onSign: (isSigned: boolean) => void;
  readonly children?: ReactNode;
}) {
  const { t } = useTexts();
  const isMissing = isTried && !isSigned;
  return (
    <>
      <Summary draft={draft} photoCount={photoCount} />
      {children}
      {hasSigned === undefined ? (
        <div className="ticks">
          <Checkbox
            className="tick tick-sign"
            checked={isSigned}
            aria-invalid={isMissing}
            aria-describedby="sign-fault"
            onChange={({ target }) => onSign(target.checked)}
          >
            {label}
          </Checkbox>
        </div>
      ) : (
        <p>✓ {hasSigned}</p>
      )}
      <Fault id="sign-fault" text={isMissing ? t('complete.not_signed') : undefined} />
    </>
  );
}

/** What is signed for. */
function Summary({ draft, photoCount }: { readonly draft: CompletionDraft; readonly photoCount: number }) {
  const { t, codeText } = useTexts();
  const seal = sealOf(draft);
  const lines: readonly (readonly [string, string])[] = [
    [t('complete.items'), draft.items.map((code) => codeText('item', code)).join(' · ') || t('complete.nothing')],
    [t('complete.odometer'), draft.odometer],
    ...(draft.fuel.trim() === '' ? [] : ([[t('complete.level'), draft.fuel]] as const)),
    ...(photoCount === 0 ? [] : ([[t('photos.title'), String(photoCount)]] as const)),
    ...(seal
      ? ([[t('check.seal'), seal.intact ? seal.number : `${seal.number} · ${t('complete.intact_no')}`]] as const)
      : []),
  ];
  return (
    <dl className="signed-for">
      {lines.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
