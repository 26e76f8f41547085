import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useTexts } from '../i18n/use-texts.js';
import './attention.css';
import { useAttentionSettings } from './attention-settings.js';
import { Bell } from './bell.js';
import type { ListedNeed } from './need-list.js';
import { useWakeLock } from './use-wake-lock.js';

/** Loaded when somebody wants it: the board comes sooner. */
const AttentionDrawer = lazy(async () => ({ default: (await import('./attention-drawer.js')).AttentionDrawer }));

/** In the address of a board: what needs a person is opened, as it is by the bell of the pages beside it. */
export const toDo = '#to-do';

/** How many things need a person: it opens them, and how this device draws attention to them. */
export function AttentionButton({ needs }: { readonly needs: readonly ListedNeed[] }) {
  const { t } = useTexts();
  const { sounds, awake } = useAttentionSettings();
  const wakeLock = useWakeLock(awake);
  const { hash } = useLocation();
  const navigate = useNavigate();
  const [isTapped, setTapped] = useState(false);
  const [isWanted, setWanted] = useState(hash === toDo);
  const count = needs.length;
  const close = (): void => {
    setTapped(false);
    if (hash === toDo) void navigate({ hash: '' }, { replace: true });
  };
  return (
    <>
      <Button
        className="attention-button"
        onClick={() => {
          setWanted(true);
          setTapped(true);
        }}
        aria-label={t('attention.button', { count })}
        title={t('attention.to_do')}
      >
        <Bell isSilent={!sounds} />
        <span aria-hidden="true">{count}</span>
      </Button>
      {isWanted && (
        <Suspense>
          <AttentionDrawer isOpen={isTapped || hash === toDo} needs={needs} wakeLock={wakeLock} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
