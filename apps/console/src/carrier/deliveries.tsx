import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import type { DeliveryResponse } from '@yizhan/client';
import { useState } from 'react';
import { asking, yizhan } from '../api/yizhan.js';
import { Choices } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { AttemptLine } from './attempt-line.js';
import { eventKeyOf } from './event-words.js';
import { useCarrierChange } from './use-carrier.js';

const limit = 25;
const lookEvery = 5_000;
const shownStates = ['all', 'pending', 'delivered', 'failed'] as const;
type Shown = (typeof shownStates)[number];

/** What was and is to be delivered, the newest event first, with every attempt; each can be sent again. */
export function Deliveries({ subscriptionId }: { readonly subscriptionId: string }) {
  const { t, problem, codeText } = useTexts();
  const [shown, setShown] = useState<Shown>('all');
  const [after, setAfter] = useState<string>();
  const { data: page, error } = useQuery({
    queryKey: ['carrier', 'deliveries', subscriptionId, shown, after],
    queryFn: () => {
      const query = { limit, ...(shown !== 'all' && { state: shown }), ...(after !== undefined && { after }) };
      return asking(() => yizhan.deliveries.list({ path: { subscriptionId }, query }));
    },
    refetchInterval: lookEvery,
  });
  return (
    <section className="panel">
      <h2>{t('delivery.log')}</h2>
      <Choices
        label={t('delivery.shown')}
        value={shown}
        onChange={(state) => {
          setShown(state);
          setAfter(undefined);
        }}
        options={shownStates.map((value) => ({ value, label: codeText('delivery_state', value) }))}
      />
      {error && <Alert type="error" showIcon title={problem(error)} />}
      {!page && !error && <Skeleton active />}
      {page?.items.length === 0 && <p className="empty">{t('delivery.none')}</p>}
      <ul className="carrier-list">
        {page?.items.map((delivery) => (
          <li key={delivery.position}>
            <DeliveryLine subscriptionId={subscriptionId} delivery={delivery} />
          </li>
        ))}
      </ul>
      <div className="carrier-steps">
        {after !== undefined && (
          <Button size="large" onClick={() => setAfter(undefined)}>
            {t('delivery.newest')}
          </Button>
        )}
        {typeof page?.next === 'string' && (
          <Button size="large" onClick={() => setAfter(page.next ?? undefined)}>
            {t('delivery.older')}
          </Button>
        )}
      </div>
    </section>
  );
}

function DeliveryLine({
  subscriptionId,
  delivery,
}: {
  readonly subscriptionId: string;
  readonly delivery: DeliveryResponse;
}) {
  const { t, problem, codeText, dateTimeOf } = useTexts();
  const { position, number, type, state, madeAt, nextAttemptAt, attempts, isUnderWay, webhookId } = delivery;
  const again = useCarrierChange((path: { readonly subscriptionId: string; readonly position: string }, headers) =>
    yizhan.deliveries.again({ path, headers }),
  );
  return (
    <article className="delivery">
      <p>
        <span className={state === 'failed' ? 'badge badge-held' : 'badge'}>
          {state === 'failed' && '! '}
          {codeText('delivery_state', state)}
        </span>{' '}
        <strong>{codeText('event', eventKeyOf(type))}</strong> <small>{type}</small>
      </p>
      <p>
        {t('delivery.number', { number })} · {t('delivery.position', { position })} ·{' '}
        <time dateTime={madeAt}>{dateTimeOf(madeAt)}</time>
        {nextAttemptAt !== undefined && <> · {t('delivery.next', { time: dateTimeOf(nextAttemptAt) })}</>}
      </p>
      {attempts.length > 0 && (
        <details>
          <summary>{t('delivery.attempts', { count: attempts.length })}</summary>
          <p>
            webhook-id: <code>{webhookId}</code>
          </p>
          {attempts.map((attempt) => (
            <AttemptLine key={`${attempt.at} ${attempt.milliseconds}`} attempt={attempt} />
          ))}
        </details>
      )}
      {again.error && <Alert role="alert" type="error" showIcon title={problem(again.error)} />}
      <Button
        size="large"
        disabled={isUnderWay}
        loading={again.isPending}
        onClick={() => again.mutate({ subscriptionId, position })}
      >
        {t('delivery.again')} <span className="visually-hidden">{t('delivery.number', { number })}</span>
      </Button>
    </article>
  );
}
