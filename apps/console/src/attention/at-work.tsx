import { Link } from 'react-router';
import { type Board, useBoard } from '../board/use-board.js';
import { useTexts } from '../i18n/use-texts.js';
import './attention.css';
import { useAttentionSettings } from './attention-settings.js';
import { toDo } from './attention-button.js';
import { Bell } from './bell.js';
import { useAttention } from './use-attention.js';
import { useWakeLock } from './use-wake-lock.js';

/** On pages beside the board: what needs a person at the station is heard and counted there too, and the screen stays on. */
export function AtWork({ stationCode }: { readonly stationCode: string }) {
  const { data: board } = useBoard(stationCode);
  return board ? <Count board={board} /> : null;
}

function Count({ board }: { readonly board: Board }) {
  const { t } = useTexts();
  const { sounds, awake } = useAttentionSettings();
  const { size: count } = useAttention(board);
  useWakeLock(awake);
  const label = t('attention.here', { count });
  return (
    <Link
      to={`/station/${board.station.stationCode}${toDo}`}
      className="attention-here"
      aria-label={label}
      title={label}
    >
      <Bell isSilent={!sounds} />
      <span aria-hidden="true">{count}</span>
    </Link>
  );
}
