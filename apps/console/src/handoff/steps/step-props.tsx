import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/use-texts.js';
import type { Truck } from '../../truck/use-truck.js';
import './step-form.css';

/** What every step is given. */
export interface StepProps {
  readonly truck: Truck;
  readonly onDone: () => void;
}

/** A step: what it asks for, what was refused, and one large button. */
export function Step({
  children,
  error,
  isBusy,
  isReady = true,
  isDangerous = false,
  label,
  onSubmit,
}: {
  readonly children?: ReactNode;
  readonly error: unknown;
  readonly isBusy: boolean;
  readonly isReady?: boolean;
  readonly isDangerous?: boolean;
  readonly label: string;
  readonly onSubmit: () => void;
}) {
  const { problem } = useTexts();
  return (
    <form
      className="step-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {error !== null && error !== undefined && <Alert role="alert" type="error" showIcon title={problem(error)} />}
      <Button
        block
        type="primary"
        htmlType="submit"
        size="large"
        className="big-button"
        danger={isDangerous}
        disabled={!isReady}
        loading={isBusy}
      >
        {label}
      </Button>
    </form>
  );
}

/** Large buttons of which one is chosen. */
export function Choices<T extends string>({
  label,
  options,
  value,
  onChange,
}: {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: ReactNode; readonly isDisabled?: boolean }[];
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
}) {
  return (
    <div role="group" aria-label={label} className="field">
      <span className="field-label" aria-hidden="true">
        {label}
      </span>
      <div className="choices">
        {options.map((option) => (
          <Button
            key={option.value}
            className="choice"
            size="large"
            type={option.value === value ? 'primary' : 'default'}
            ghost={option.value === value}
            aria-pressed={option.value === value}
            disabled={option.isDisabled ?? false}
            onClick={() => onChange(option.value)}
          >
            <span>
              {option.value === value && <span aria-hidden="true">✓ </span>}
              {option.label}
            </span>
          </Button>
        ))}
      </div>
    </div>
  );
}

/** A field with its label above it. */
export function Field({
  label,
  htmlFor,
  children,
}: {
  readonly label: string;
  readonly htmlFor: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={htmlFor}>
        {label}
      </label>
      {children}
    </div>
  );
}
