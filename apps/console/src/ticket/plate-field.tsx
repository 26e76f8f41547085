import { Alert, Button, Input } from 'antd';
import { useTexts } from '../i18n/use-texts.js';
import { isWrongPlate, nextKeys, tidyPlate } from './plate.js';

/** A plate by taps: the province first, then letters and digits; or typed. */
export function PlateField({
  value,
  onChange,
  onEnter,
}: {
  readonly value: string;
  readonly onChange: (plate: string) => void;
  /** Whoever types, or reads plates with a device that types, ends with this key. */
  readonly onEnter: () => void;
}) {
  const { t } = useTexts();
  const keys = nextKeys(value);
  const isWrong = isWrongPlate(value);
  return (
    <div className="plate-field">
      <label htmlFor="plate-text" className="field-label">
        {t('ticket.plate')}
      </label>
      <Input
        id="plate-text"
        size="large"
        className="plate-text"
        value={value}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        status={isWrong ? 'error' : ''}
        onChange={({ target }) => onChange(tidyPlate(target.value))}
        onPressEnter={onEnter}
      />
      {isWrong && <Alert role="alert" type="error" showIcon title={t('ticket.wrong_plate')} />}
      <div className="plate-keys" role="group" aria-label={t('ticket.keyboard')}>
        {keys.map((key) => (
          <Button key={key} className="plate-key" onClick={() => onChange(tidyPlate(`${value}${key}`))}>
            {key}
          </Button>
        ))}
        <Button className="plate-key plate-back" disabled={value === ''} onClick={() => onChange(value.slice(0, -1))}>
          <span aria-hidden="true">⌫</span>
          <span className="visually-hidden">{t('ticket.delete')}</span>
        </Button>
      </div>
    </div>
  );
}
