import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { BoardVisit } from '../board/use-board.js';
import { useTexts } from '../i18n/use-texts.js';
import './find.css';

/** Loaded when somebody wants it: the board comes sooner. */
const FindDialog = lazy(async () => ({ default: (await import('./find-dialog.js')).FindDialog }));

/** Opens the search for a truck. */
export function FindTruck({ visits }: { readonly visits: readonly BoardVisit[] }) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  return (
    <>
      <Button
        className="find-button"
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      >
        <span aria-hidden="true">⌕ </span>
        {t('find.open')}
      </Button>
      {isWanted && (
        <Suspense>
          <FindDialog visits={visits} isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
