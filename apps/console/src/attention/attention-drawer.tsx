import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useBoard } from '../board/use-board.js';
import { useExceptions } from '../exceptions/use-exceptions.js';
import { Plate } from '../frame/plate.js';
import { useTexts } from '../i18n/use-texts.js';
import { AttentionSettingsForm } from './attention-settings-form.js';
import { type ListedNeed, told } from './need-list.js';
import type { useWakeLock } from './use-wake-lock.js';

export interface AttentionDrawerProps {
  readonly isOpen: boolean;
  readonly needs: readonly ListedNeed[];
  readonly wakeLock: ReturnType<typeof useWakeLock>;
  readonly onClose: () => void;
}

/** What needs a person here, each a way to where it is seen to; behind it how this device draws attention. */
export function AttentionDrawer({ isOpen, needs, wakeLock, onClose }: AttentionDrawerProps) {
  const { t } = useTexts();
  const [isSetting, setSetting] = useState(false);
  const close = (): void => {
    setSetting(false);
    onClose();
  };
  return (
    <Drawer
      title={isSetting ? t('attention.title') : `${t('attention.to_do')} ${needs.length}`}
      open={isOpen}
      onClose={close}
      size={420}
      extra={
        <Button onClick={() => setSetting(!isSetting)}>
          {isSetting ? t('attention.to_do') : t('attention.title')}
        </Button>
      }
    >
      {isSetting ? <AttentionSettingsForm wakeLock={wakeLock} /> : <NeedList needs={needs} onClose={close} />}
    </Drawer>
  );
}

function NeedList({ needs, onClose }: Pick<AttentionDrawerProps, 'needs' | 'onClose'>) {
  const { t, codeText, timeOf } = useTexts();
  const { stationCode = '' } = useParams();
  const exceptions = useExceptions(stationCode).data ?? [];
  const visits = useBoard(stationCode).data?.visits ?? [];
  if (needs.length === 0) return <p className="empty">{t('attention.nothing')}</p>;
  return (
    <ul className="need-list" aria-label={t('attention.to_do')}>
      {needs
        .map((need) => told(need, exceptions, visits))
        .map(({ name, kind, code, to, plate, plateColour, since }) => (
          <li key={name}>
            <Link to={to} className={`need need-${kind}`} onClick={onClose}>
              <strong>
                {codeText('need', kind)}
                {code !== undefined && <> · {codeText('exception_code', code)}</>}
              </strong>
              {plate !== undefined && <Plate plate={plate} colour={plateColour} />}
              {since !== undefined && <small>{t('shift.since', { time: timeOf(since) })}</small>}
            </Link>
          </li>
        ))}
    </ul>
  );
}
