import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { LendingPanel, type LendingShown } from './lending-panel.js';
import './levers-texts.js';

const MovesPanel = lazy(async () => ({ default: (await import('./moves-panel.js')).MovesPanel }));
const ThrottlePanel = lazy(async () => ({ default: (await import('./throttle-panel.js')).ThrottlePanel }));
const StationLever = lazy(async () => ({ default: (await import('./station-lever.js')).StationLever }));

/** What a command centre can do about an area, each with its effect told before. */
export function Levers({ areaCode, stations }: LendingShown) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="centre-grid">
      <LendingPanel areaCode={areaCode} stations={stations} />
      <section className="panel" aria-labelledby="centre-stations-lever">
        <h2 id="centre-stations-lever">{t('lever.stations')}</h2>
        {isOpen ? (
          <Suspense>
            <StationLever areaCode={areaCode} stations={stations} onDone={() => setOpen(false)} />
          </Suspense>
        ) : (
          <Button onClick={() => setOpen(true)}>{t('lever.change_station')}</Button>
        )}
      </section>
      <Suspense>
        <ThrottlePanel areaCode={areaCode} stations={stations} />
        <MovesPanel areaCode={areaCode} stations={stations} />
      </Suspense>
    </div>
  );
}
