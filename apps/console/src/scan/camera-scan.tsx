import { Alert } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { qrReader } from './read-qr.js';
import './scan.css';

/** Whether this device may show its camera to this page: over plain HTTP at another host it may not. */
export const hasCamera = (): boolean => window.isSecureContext && 'mediaDevices' in navigator;

const lookEvery = 150;

/** What the camera sees, until there is a QR code in it; what it says is told each time that it is another one. */
export function CameraScan({ onRead }: { readonly onRead: (text: string) => void }) {
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
      const reader = await qrReader();
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
      const screen = video.current;
      if (isOver || !screen) return end();
      screen.srcObject = stream;
      await screen.play();
      let last: string | undefined;
      while (!isOver) {
        const text = await reader(screen);
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
  }, []);

  if (isRefused) return <Alert type="warning" showIcon title={t('scan.refused')} />;
  return (
    <div className="scan">
      <video ref={video} muted playsInline aria-label={t('scan.picture')} />
      <p>{t('scan.hold')}</p>
    </div>
  );
}
