import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { nameOf, writtenBy } from './retractable.js';
import { useTakeBack } from './use-take-back.js';
import type { Truck } from './use-truck.js';

const shownFor = 10_000;

/** For ten seconds after a step: what it has written is taken back with one tap, as long as nothing depends on it. */
export function Undo({ truck: { visit, history }, step }: { readonly truck: Truck; readonly step: string }) {
  const { t, codeText, problem } = useTexts();
  const [isOver, setOver] = useState(false);
  const { takeBack, error, isPending } = useTakeBack(visit, () => setOver(true));
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), shownFor);
    return () => clearTimeout(timer);
  }, []);
  const event = isOver ? undefined : writtenBy(step, history);
  if (error) return <Alert role="alert" type="error" showIcon title={problem(error)} />;
  if (!event) return null;
  const what = codeText('event', nameOf(event.type).replace('.', '_'));
  return (
    <div className="undo" role="status">
      <span>✓ {t('undo.done', { what })}</span>
      <Button size="large" loading={isPending} onClick={() => takeBack(event)}>
        {t('undo.take_back', { what })}
      </Button>
    </div>
  );
}
