import { Alert, Button, Input, type InputRef, Modal } from 'antd';
import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { asking, yizhan } from '../api/yizhan.js';
import type { BoardVisit } from '../board/use-board.js';
import { Plate } from '../frame/plate.js';
import { useTexts } from '../i18n/use-texts.js';
import { CameraScan } from '../scan/camera-scan.js';
import { hasCamera } from '../scan/has-camera.js';
import './find.css';
import { handoffOfSlip, isSlipText } from './slip-handoff.js';

const mostShown = 8;

/** Letters and digits alone, so that `浙A·12345` finds what `a12345` does. */
const bare = (text: string): string => text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

export interface FindDialogProps {
  readonly visits: readonly BoardVisit[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Finds a truck by a part of its plate, or by its slip: in front of the camera, or from a hand-held reader, which types. */
export function FindDialog({ visits, isOpen, onClose }: FindDialogProps) {
  const { t, problem, codeText } = useTexts();
  const navigate = useNavigate();
  const field = useRef<InputRef>(null);
  const [isScanning, setScanning] = useState(false);
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<unknown>();
  const [isNoSlip, setNoSlip] = useState(false);

  const close = (): void => {
    onClose();
    setScanning(false);
    setText('');
    setFailure(undefined);
    setNoSlip(false);
  };
  const openSlip = async (slip: string): Promise<void> => {
    const handoffId = handoffOfSlip(slip);
    setNoSlip(handoffId === undefined);
    if (handoffId === undefined) return;
    try {
      // A truck of this board is found without a network too.
      const visitId =
        visits.find((each) => each.handoffId === handoffId)?.visitId ??
        (await asking(() => yizhan.handoffs.read({ path: { handoffId } }))).visitId;
      close();
      await navigate(`/truck/${visitId}`);
    } catch (error) {
      setFailure(error);
    }
  };
  const sought = isSlipText(text) ? '' : bare(text);
  const found = sought === '' ? [] : visits.filter(({ plate }) => bare(plate).includes(sought));
  return (
    <Modal
      title={t('find.title')}
      open={isOpen}
      onCancel={close}
      footer={null}
      destroyOnHidden
      // Whoever opens this types or scans next.
      afterOpenChange={(isShown) => isShown && field.current?.focus()}
    >
      <div className="find">
        <Input
          ref={field}
          size="large"
          allowClear
          value={text}
          aria-label={t('find.text')}
          placeholder={t('find.text')}
          onChange={({ target }) => setText(target.value)}
          onPressEnter={() => {
            const [only, ...others] = found;
            if (isSlipText(text)) void openSlip(text);
            else if (only && others.length === 0) void navigate(`/truck/${only.visitId}`);
          }}
        />
        {failure !== undefined && <Alert role="alert" type="error" showIcon title={problem(failure)} />}
        {isNoSlip && <Alert role="alert" type="warning" showIcon title={t('find.no_slip')} />}
        {sought !== '' && found.length === 0 && <p className="empty">{t('find.none')}</p>}
        <ul className="find-list">
          {found.slice(0, mostShown).map(({ visitId, plate, plateColour, state }) => (
            <li key={visitId}>
              <Link to={`/truck/${visitId}`} className="find-truck">
                <Plate plate={plate} colour={plateColour} />
                <span>{codeText('visit_state', state)}</span>
              </Link>
            </li>
          ))}
        </ul>
        {isScanning ? (
          <CameraScan onRead={(slip) => void openSlip(slip)} />
        ) : (
          <Button size="large" disabled={!hasCamera()} onClick={() => setScanning(true)}>
            {t('find.scan')}
          </Button>
        )}
        {!hasCamera() && <p className="empty">{t('scan.none')}</p>}
      </div>
    </Modal>
  );
}
