import { Alert, Button } from 'antd';
import { type Texts, useTexts } from '../i18n/use-texts.js';
import { lastRetractable, type LoggedEvent, nameOf, takenBack } from './retractable.js';
import { useTakeBack } from './use-take-back.js';
import type { Truck } from './use-truck.js';

/** Everything that was written of the visit, the newest first; the last thing can be taken back while nothing depends on it. */
export function History({ truck: { visit, history } }: { readonly truck: Truck }) {
  const texts = useTexts();
  const { t, problem, codeText, dateTimeOf } = texts;
  const gone = takenBack(history);
  const last = visit.state === 'retracted' ? undefined : lastRetractable(history);
  const { takeBack, error, isPending } = useTakeBack(visit);
  return (
    <section className="panel">
      <h2>{t('history.title')}</h2>
      {error && <Alert role="alert" type="error" showIcon title={problem(error)} />}
      <ol className="history" reversed>
        {history.toReversed().map((event) => (
          <li key={event.id} className={gone.has(event.id) ? 'history-gone' : undefined}>
            <time dateTime={event.time}>{dateTimeOf(event.time)}</time>
            <span>
              {codeText('event', nameOf(event.type).replace('.', '_'))}
              {gone.has(event.id) && <strong> {t('history.taken_back')}</strong>}
              <small> {detailOf(event, texts)}</small>
            </span>
            {event.id === last?.id && (
              <Button size="small" danger loading={isPending} onClick={() => takeBack(event)}>
                {t('history.take_back')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
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
