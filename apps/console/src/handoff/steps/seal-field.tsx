import { Input } from 'antd';
import { useTexts } from '../../i18n/use-texts.js';
import { Field } from './step-props.js';

/** The number of the seal on the truck, beside the one that was recorded. */
export function SealField({
  id,
  recorded,
  value,
  onChange,
}: {
  readonly id: string;
  readonly recorded: string | undefined;
  readonly value: string;
  readonly onChange: (sealNumber: string) => void;
}) {
  const { t } = useTexts();
  return (
    <Field label={recorded === undefined ? t('check.seal') : t('check.seal_recorded', { seal: recorded })} htmlFor={id}>
      <Input id={id} size="large" autoComplete="off" value={value} onChange={({ target }) => onChange(target.value)} />
    </Field>
  );
}
