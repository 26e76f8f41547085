import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import './attention.css';
import { useAttentionSettings } from './attention-settings.js';
import { Bell } from './bell.js';
import { useWakeLock } from './use-wake-lock.js';

/** Loaded when somebody wants it: the board comes sooner. */
const AttentionDrawer = lazy(async () => ({ default: (await import('./attention-drawer.js')).AttentionDrawer }));

/** How many things need a person, and how this device draws attention to them. */
export function AttentionButton({ count, overrides }: { readonly count: number; readonly overrides: number }) {
  const { t } = useTexts();
  const { sounds, awake } = useAttentionSettings();
  const wakeLock = useWakeLock(awake);
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  return (
    <>
      <Button
        className="attention-button"
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
        aria-label={t('attention.button', { count })}
        title={t('attention.title')}
      >
        <Bell isSilent={!sounds} />
        <span aria-hidden="true">{count}</span>
      </Button>
      {isWanted && (
        <Suspense>
          <AttentionDrawer isOpen={isOpen} overrides={overrides} wakeLock={wakeLock} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
