import { Alert } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { qrReader } from './read-qr.js';
import './scan.css';

/** Reads what is written in what a camera shows, where there is something. */
export type ReadVideo = (video: HTMLVideoElement) => Promise<string | undefined>;

const lookEvery = 150;

/** What the camera sees, until something is read in it, a QR code where nothing else is said; told each time that it is another one. */
export function CameraScan({
  onRead,
  reader = qrReader,
  hint,
}: {
  readonly onRead: (text: string) => void;
  /** Must stay the same. */
  readonly reader?: () => Promise<ReadVideo>;
  readonly hint?: string;
}) {
  const { t } = useTexts();
  const video = useRef<HTMLVideoElement>(null);
  const [isRefused, setRefused] = useState(false);
  const told = useRef(onRead);
  useEffect(() => {
    told.current = onRead;
  }, [onRead]);

  useEffect(() => {
    let isOver = false;
    let stream: MediaStream | undefined;
    const look = async (): Promise<void> => {
      const read = await reader();
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
      const screen = video.current;
      if (isOver || !screen) return end();
      screen.srcObject = stream;
      await screen.play();
      let last: string | undefined;
      while (!isOver) {
        const text = await read(screen);
        if (text && text !== last && !isOver) told.current(text);
        last = text ?? last;
        await new Promise((done) => setTimeout(done, lookEvery));
      }
    };
    const end = (): void => {
      isOver = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    look().catch(() => {
      // No camera, or somebody has said no: typing is always possible.
      if (!isOver) setRefused(true);
    });
    return end;
  }, [reader]);

  if (isRefused) return <Alert type="warning" showIcon title={t('scan.refused')} />;
  return (
    <div className="scan">
      <video ref={video} muted playsInline aria-label={t('scan.picture')} />
      <p>{hint ?? t('scan.hold')}</p>
    </div>
  );
}
