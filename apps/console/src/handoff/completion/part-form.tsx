import { Alert, Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTexts } from '../../i18n/use-texts.js';
import type { Part } from './parts.js';

/** One part of a completion on the screen: what it asks for, and the ways back and on, always at the same place. */
export function PartForm({
  part,
  title,
  children,
  takesFocus,
  tries,
  error,
  isBusy = false,
  label,
  onBack,
  onNext,
}: {
  readonly part: Part;
  readonly title: string;
  readonly children: ReactNode;
  /** Somebody has come here from another part: he goes on at its first field, or at its heading. */
  readonly takesFocus: boolean;
  /** How often somebody wanted to go on while something was wrong: he is led to it each time. */
  readonly tries: number;
  readonly error?: unknown;
  readonly isBusy?: boolean;
  readonly label: string;
  readonly onBack: (() => void) | undefined;
  readonly onNext: () => void;
}) {
  const { t, problem } = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const focusOn = (first: string, otherwise: string): void => {
    const { current } = form;
    (current?.querySelector<HTMLElement>(first) ?? current?.querySelector<HTMLElement>(otherwise))?.focus();
  };
  useEffect(() => {
    if (takesFocus) focusOn('[data-first-field]', 'h3');
    // Only as it comes onto the screen.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    if (tries > 0) focusOn('[aria-invalid="true"]', '.tick input');
  }, [tries]);
  useEffect(() => {
    const { current } = form;
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter') return;
      // A key that is held down does not run through the parts.
      if (event.repeat) event.preventDefault();
      else if (event.target instanceof HTMLHeadingElement) current?.requestSubmit();
    };
    current?.addEventListener('keydown', listen);
    return () => current?.removeEventListener('keydown', listen);
  }, []);
  return (
    <form
      ref={form}
      className="step-form part-form"
      aria-labelledby={`part-${part}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
    >
      <div className="part-body">
        <h3 id={`part-${part}`} tabIndex={-1}>
          {title}
        </h3>
        {children}
        {error !== null && error !== undefined && <Alert role="alert" type="error" showIcon title={problem(error)} />}
      </div>
      <div className="part-acts">
        <Button size="large" className="big-button" disabled={!onBack} onClick={onBack}>
          {t('complete.back')}
        </Button>
        <Button type="primary" htmlType="submit" size="large" className="big-button" loading={isBusy}>
          {label}
        </Button>
      </div>
    </form>
  );
}

/** What is wrong with the field above it; its place is kept, so that nothing jumps. */
export function Fault({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  return (
    <p id={id} className="fault" aria-live="assertive">
      {text !== undefined && (
        <>
          <span aria-hidden="true">⚠ </span>
          {text}
        </>
      )}
    </p>
  );
}
