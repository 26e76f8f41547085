import { Alert, Button, Input, type InputRef } from 'antd';
import { type Ref, useState } from 'react';
import { later } from '../frame/later.js';
import { useTexts } from '../i18n/use-texts.js';
import { hasCamera } from '../scan/has-camera.js';
import { readsText } from '../scan/read-text.js';
import { isWrongPlate, nextKeys, tidyPlate } from './plate.js';

const PlateScan = later(async () => (await import('../scan/plate-scan.js')).PlateScan);

/** A plate by taps: the province first, then letters and digits; or typed; or read by the camera, where the device reads text. */
export function PlateField({
  value,
  onChange,
  onEnter,
  fieldRef,
}: {
  readonly value: string;
  readonly onChange: (plate: string) => void;
  /** Whoever types, or reads plates with a device that types, ends with this key. */
  readonly onEnter: () => void;
  readonly fieldRef: Ref<InputRef>;
}) {
  const { t } = useTexts();
  const keys = nextKeys(value);
  const isWrong = isWrongPlate(value);
  const [isScanning, setScanning] = useState(false);
  return (
    <div className="plate-field">
      <label htmlFor="plate-text" className="field-label">
        {t('ticket.plate')}
      </label>
      <Input
        ref={fieldRef}
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
      {!isScanning && hasCamera() && readsText() && (
        <Button size="large" onClick={() => setScanning(true)}>
          {t('scan.plate')}
        </Button>
      )}
      {isScanning && (
        <PlateScan
          onTake={(plate) => {
            setScanning(false);
            onChange(plate);
          }}
          onLeave={() => setScanning(false)}
        />
      )}
      {isWrong && <Alert role="alert" type="error" showIcon title={t('ticket.wrong_plate')} />}
      {!isScanning && (
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
      )}
    </div>
  );
}
