import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { type Texts, useTexts } from '../i18n/use-texts.js';
import { lastRetractable, type LoggedEvent, nameOf, takenBack } from './retractable.js';
import { useTakeBack } from './use-take-back.js';
import type { Truck } from './use-truck.js';

/** Everything that was written of the visit, the newest first; the last thing can be taken back while nothing depends on it. */
export function History({
  truck: { visit, history },
  mayTakeBack,
}: {
  readonly truck: Truck;
  /** Whether who looks may take anything back. */
  readonly mayTakeBack: boolean;
}) {
  const texts = useTexts();
  const { t, problem, codeText, dateTimeOf } = texts;
  const gone = takenBack(history);
  const last = !mayTakeBack || visit.state === 'retracted' ? undefined : lastRetractable(history);
  /** Which one somebody is about to take back: another one may be the last meanwhile. */
  const [asked, setAsked] = useState<string>();
  const { takeBack, error, isPending } = useTakeBack(visit, () => setAsked(undefined));
  const wordsFor = ({ type }: LoggedEvent): string => codeText('event', nameOf(type).replace('.', '_'));
  return (
    <section className="panel">
      <h2>{t('history.title')}</h2>
      {error && <Alert role="alert" type="error" showIcon title={problem(error)} />}
      <ol className="history" reversed>
        {history.toReversed().map((event) => (
          <li key={event.id} className={gone.has(event.id) ? 'history-gone' : undefined}>
            <time dateTime={event.time}>{dateTimeOf(event.time)}</time>
            <span>
              {wordsFor(event)}
              {gone.has(event.id) && <strong> {t('history.taken_back')}</strong>}
              <small> {detailOf(event, texts)}</small>
            </span>
            {event.id === last?.id && asked !== event.id && (
              <Button danger onClick={() => setAsked(event.id)}>
                {t('history.take_back')}
              </Button>
            )}
            {event.id === last?.id && asked === event.id && (
              <TakeBack
                what={wordsFor(event)}
                isBusy={isPending}
                onKeep={() => setAsked(undefined)}
                onTakeBack={() => takeBack(event)}
              />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What taking back does, before it is done: unlike a step that was just logged, it cannot be undone. */
function TakeBack({
  what,
  isBusy,
  onKeep,
  onTakeBack,
}: {
  readonly what: string;
  readonly isBusy: boolean;
  readonly onKeep: () => void;
  readonly onTakeBack: () => void;
}) {
  const { t } = useTexts();
  const keep = useRef<HTMLButtonElement>(null);
  // The button that was tapped is gone: who works by keyboard goes on here, where a second tap does no harm.
  useEffect(() => keep.current?.focus(), []);
  return (
    <div className="take-back" role="group" aria-label={t('history.take_back')}>
      <p>{t('history.take_back_explain', { what })}</p>
      <Button ref={keep} size="large" onClick={onKeep}>
        {t('history.keep')}
      </Button>
      <Button size="large" danger type="primary" loading={isBusy} onClick={onTakeBack}>
        {t('history.take_back_sure', { what })}
      </Button>
    </div>
  );
}

/** The fields of an event that say most in one line, codes in words. */
function detailOf({ data }: LoggedEvent, { codeText, refusalText }: Texts): string {
  const fields = ['driverId', 'bayCode', 'queue', 'reason', 'byId', 'operatorId'] as const;
  const inWords = (field: string, value: string): string => {
    if (field === 'queue') return codeText('queue_of', value);
    if (field !== 'reason') return value;
    // Why a proposal of the scheduler was refused is the code of that refusal.
    return value.includes('.') ? refusalText(value, value) : codeText('reason', value);
  };
  return fields
    .flatMap((field) => {
      const value = data[field];
      return typeof value === 'string' ? [inWords(field, value)] : [];
    })
    .join(' · ');
}
