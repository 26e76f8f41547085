import { Alert, Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { yizhan } from '../api/yizhan.js';
import { Choices, Field, Step } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { localInput } from './local-input.js';
import { useCarrierChange, useReplays } from './use-carrier.js';

type Asked = Parameters<typeof yizhan.deliveries.replay>[0]['body'];
const kinds = ['undelivered', 'all'] as const;
const hour = 3_600_000;

/** Asks for a time again, or for all of it that has not arrived, and shows how far that is. */
export function Replays({ subscriptionId }: { readonly subscriptionId: string }) {
  const { t, problem, codeText, dateTimeOf } = useTexts();
  const { data: replays, error } = useReplays(subscriptionId);
  const [isAsking, setAsking] = useState(false);
  return (
    <section className="panel">
      <h2>{t('replay.title')}</h2>
      <p>{t('replay.explain')}</p>
      {isAsking ? (
        <NewReplay subscriptionId={subscriptionId} onBegun={() => setAsking(false)} />
      ) : (
        <Button size="large" onClick={() => setAsking(true)}>
          {t('replay.new')}
        </Button>
      )}
      {error && <Alert type="error" showIcon title={problem(error)} />}
      {!replays && !error && <Skeleton active />}
      {replays?.length === 0 && <p className="empty">{t('replay.none')}</p>}
      <ul className="carrier-list" aria-live="polite">
        {replays?.map(({ replayId, what, since, until, state, queued, left }) => (
          <li key={replayId} className="replay">
            <span className="badge">{codeText('replay_state', state)}</span>{' '}
            <strong>{codeText('replayed', what)}</strong> <time dateTime={since}>{dateTimeOf(since)}</time> –{' '}
            <time dateTime={until}>{dateTimeOf(until)}</time> · {t('replay.queued', { count: queued })}
            {state === 'running' && <> · {t('replay.left', { count: left })}</>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function NewReplay({ subscriptionId, onBegun }: { readonly subscriptionId: string; readonly onBegun: () => void }) {
  const { t, codeText } = useTexts();
  const [what, setWhat] = useState<(typeof kinds)[number]>('undelivered');
  const [since, setSince] = useState(() => localInput(Date.now() - 24 * hour));
  const [until, setUntil] = useState('');
  const begin = useCarrierChange(
    (body: Asked, headers) => yizhan.deliveries.replay({ path: { subscriptionId }, headers, body }),
    onBegun,
  );
  return (
    <Step
      error={begin.error}
      isBusy={begin.isPending}
      isReady={since !== ''}
      label={t('replay.begin')}
      onSubmit={() =>
        begin.mutate({
          what,
          since: new Date(since).toISOString(),
          ...(until !== '' && { until: new Date(until).toISOString() }),
        })
      }
    >
      <Choices
        label={t('replay.what')}
        value={what}
        onChange={setWhat}
        options={kinds.map((value) => ({ value, label: codeText('replayed', value) }))}
      />
      <Field label={t('replay.since')} htmlFor="replay-since">
        <Input
          id="replay-since"
          size="large"
          type="datetime-local"
          value={since}
          onChange={({ target }) => setSince(target.value)}
        />
      </Field>
      <Field label={t('replay.until')} htmlFor="replay-until">
        <Input
          id="replay-until"
          size="large"
          type="datetime-local"
          value={until}
          onChange={({ target }) => setUntil(target.value)}
        />
      </Field>
    </Step>
  );
}
