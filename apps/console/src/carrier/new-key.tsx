import { Input } from 'antd';
import { useState } from 'react';
import { yizhan } from '../api/yizhan.js';
import { Choices, Field, Step } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { useCarrierChange } from './use-carrier.js';

const accesses = ['read', 'write'] as const;

interface NewKeyProps {
  readonly carrierId: string;
  /** Given the key, or null where it was shown already. */
  readonly onMade: (key: string | null) => void;
}

/** Names the system that a key is for, and what it may. */
export function NewKey({ carrierId, onMade }: NewKeyProps) {
  const { t, codeText } = useTexts();
  const [name, setName] = useState('');
  const [access, setAccess] = useState<(typeof accesses)[number]>('read');
  const make = useCarrierChange(
    (body: Parameters<typeof yizhan.carrierKeys.create>[0]['body'], headers) =>
      yizhan.carrierKeys.create({ path: { carrierId }, headers, body }),
    ({ key }) => onMade(key),
  );
  return (
    <Step
      error={make.error}
      isBusy={make.isPending}
      isReady={name.trim() !== ''}
      label={t('key.make')}
      onSubmit={() => make.mutate({ name: name.trim(), access })}
    >
      <Field label={t('key.name')} htmlFor="key-name">
        <Input
          id="key-name"
          size="large"
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <Choices
        label={t('key.access')}
        value={access}
        onChange={setAccess}
        options={accesses.map((value) => ({ value, label: codeText('key_access', value) }))}
      />
    </Step>
  );
}
