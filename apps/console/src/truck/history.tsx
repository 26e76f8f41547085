import { Alert, Button } from 'antd';
import { type Texts, useTexts } from '../i18n/use-texts.js';
import { aboutOf } from '../offline/step-kinds.js';
import { useStep } from '../offline/use-steps.js';
import { lastRetractable, type LoggedEvent, nameOf, takenBack } from './retractable.js';
import type { Truck } from './use-truck.js';

/** Everything that was written of the visit, the newest first; the last thing can be taken back while nothing depends on it. */
export function History({ truck: { visit, history } }: { readonly truck: Truck }) {
  const { t, problem, codeText, dateTimeOf } = useTexts();
  const gone = takenBack(history);
  const last = visit.state === 'retracted' ? undefined : lastRetractable(history);
  const retract = useStep(aboutOf(visit));
  const takeBack = (event: LoggedEvent): void => {
    const [, ...subjectId] = event.subject.split('/');
    const body = {
      subjectKind: 'visit',
      subjectId: subjectId.join('/'),
      eventId: event.id,
      reason: 'did_not_occur',
    } as const;
    retract.mutate([{ kind: 'taking_back', body }]);
  };
  return (
    <section className="panel">
      <h2>{t('history.title')}</h2>
      {retract.error && <Alert role="alert" type="error" showIcon title={problem(retract.error)} />}
      <ol className="history" reversed>
        {history.toReversed().map((event) => (
          <li key={event.id} className={gone.has(event.id) ? 'history-gone' : undefined}>
            <time dateTime={event.time}>{dateTimeOf(event.time)}</time>
            <span>
              {codeText('event', nameOf(event.type).replace('.', '_'))}
              {gone.has(event.id) && <strong> {t('history.taken_back')}</strong>}
              <small> {detailOf(event, codeText)}</small>
            </span>
            {event.id === last?.id && (
              <Button size="small" danger loading={retract.isPending} onClick={() => takeBack(event)}>
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
function detailOf({ data }: LoggedEvent, codeText: Texts['codeText']): string {
  const fields = ['driverId', 'bayCode', 'queue', 'reason', 'byId', 'operatorId'] as const;
  const inWords = (field: string, value: string): string => {
    if (field === 'queue') return codeText('queue_of', value);
    return field === 'reason' ? codeText('reason', value) : value;
  };
  return fields
    .flatMap((field) => {
      const value = data[field];
      return typeof value === 'string' ? [inWords(field, value)] : [];
    })
    .join(' · ');
}
