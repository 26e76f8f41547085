import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Plate } from '../frame/plate.js';
import { useTexts } from '../i18n/use-texts.js';
import { provinces, usualColour } from '../ticket/plate.js';
import { CameraScan } from './camera-scan.js';
import { platesIn, type ReadPlate } from './find-plate.js';
import { textReader } from './read-text.js';

/** A plate before the camera: what was read is shown, and taken once somebody says that it is right. */
export function PlateScan({
  onTake,
  onLeave,
}: {
  readonly onTake: (plate: string) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useTexts();
  const [read, setRead] = useState<ReadPlate>();
  const look = (text: string): void => {
    const [first] = platesIn(text);
    if (first) setRead(first);
  };
  const whole = read?.province === undefined ? undefined : `${read.province}${read.rest}`;
  const take = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (whole !== undefined) take.current?.focus();
  }, [whole]);
  return (
    <div className="plate-scan" role="group" aria-label={t('scan.plate')}>
      {!read && <CameraScan reader={textReader} hint={t('scan.hold_plate')} onRead={look} />}
      {read && whole !== undefined && (
        <>
          <p role="status">
            {t('scan.plate_read')} <Plate plate={whole} colour={usualColour(whole)} isLarge />
          </p>
          <Button type="primary" size="large" className="big-button" ref={take} onClick={() => onTake(whole)}>
            {t('scan.take_plate')}
          </Button>
        </>
      )}
      {read && whole === undefined && (
        <>
          <p role="status">
            {t('scan.plate_read')}{' '}
            <strong className="plate plate-large">{`?${read.rest.slice(0, 1)}·${read.rest.slice(1)}`}</strong>
          </p>
          <p>{t('scan.which_province')}</p>
          <div className="plate-keys" role="group" aria-label={t('scan.which_province')}>
            {provinces.map((province) => (
              <Button key={province} className="plate-key" onClick={() => setRead({ province, rest: read.rest })}>
                {province}
              </Button>
            ))}
          </div>
        </>
      )}
      <div className="plate-scan-acts">
        {read && (
          <Button size="large" onClick={() => setRead(undefined)}>
            {t('scan.again')}
          </Button>
        )}
        <Button size="large" onClick={onLeave}>
          {t('scan.type_instead')}
        </Button>
      </div>
    </div>
  );
}
