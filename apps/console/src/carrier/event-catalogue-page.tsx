import { useQuery } from '@tanstack/react-query';
import { Alert, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { asking, yizhan } from '../api/yizhan.js';
import { useTitle } from '../frame/use-title.js';
import { Choices } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { type CatalogueEvent, type CatalogueField, type EventCatalogue, eventsWith } from './event-catalogue.js';

const shownKinds = ['mine', 'all'] as const;

/** Every type of event as the contract has it: what it says, when it comes, who gets it, its fields, an example. */
export function EventCataloguePage() {
  const { t, problem, codeText } = useTexts();
  const [part, setPart] = useState('');
  const [shown, setShown] = useState<(typeof shownKinds)[number]>('mine');
  const { data: catalogue, error } = useQuery({
    queryKey: ['event-catalogue'],
    staleTime: Infinity,
    queryFn: () => asking(() => yizhan.eventContract.catalogue() as Promise<unknown> as Promise<EventCatalogue>),
  });
  useTitle(t('carrier.events'));
  const events = catalogue && eventsWith(catalogue, part, shown === 'mine');
  return (
    <section>
      <h1>{t('carrier.events')}</h1>
      <p>
        {t('catalogue.explain')} <a href="/api/event-catalogue.json">event-catalogue.json</a> ·{' '}
        <a href="/api/asyncapi.json">AsyncAPI</a> · <a href="/api/docs">OpenAPI</a>
      </p>
      <Choices
        label={t('catalogue.shown')}
        value={shown}
        onChange={setShown}
        options={shownKinds.map((value) => ({ value, label: codeText('catalogue_shown', value) }))}
      />
      <Input
        allowClear
        size="large"
        className="carrier-search"
        aria-label={t('catalogue.find')}
        placeholder={t('catalogue.find')}
        value={part}
        onChange={({ target }) => setPart(target.value)}
      />
      {error && <Alert type="error" showIcon title={problem(error)} />}
      {!catalogue && !error && <Skeleton active />}
      {events?.length === 0 && <p className="empty">{t('catalogue.none')}</p>}
      <ul className="carrier-list">
        {events?.map((event) => (
          <li key={event.type} className="panel">
            <EventEntry event={event} values={catalogue?.values ?? {}} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function EventEntry({ event, values }: { readonly event: CatalogueEvent; readonly values: EventCatalogue['values'] }) {
  const { t, isEnglish } = useTexts();
  const { type, meaning, versions, subjects, reachesCarriers, fields, example } = event;
  return (
    <>
      <h2 className="carrier-url">{type}</h2>
      <p>{isEnglish ? meaning.en : meaning.zh}</p>
      <p>
        {reachesCarriers ? t('catalogue.to_carriers') : t('catalogue.to_staff')} ·{' '}
        {t('catalogue.versions', { versions: versions.map((version) => `v${version}`).join(', ') })}
        {subjects.length > 0 && <> · subject: {subjects.join(', ')}</>} ·{' '}
        <a href={`/api/schemas/${type}.json`}>JSON Schema</a>
      </p>
      <details>
        <summary>{t('catalogue.fields', { count: fields.length })}</summary>
        <Fields fields={fields} values={values} />
      </details>
      <details>
        <summary>{t('catalogue.example')}</summary>
        <pre className="carrier-wide" role="region" aria-label={type} tabIndex={0}>
          {JSON.stringify(example, undefined, 2)}
        </pre>
      </details>
    </>
  );
}

function Fields({
  fields,
  values,
}: {
  readonly fields: readonly CatalogueField[];
  readonly values: EventCatalogue['values'];
}) {
  const { t } = useTexts();
  return (
    <dl className="carrier-facts">
      {fields.map(({ name, optional, type, isList, texts, unit, meaning }) => {
        const value = values[type];
        const choices = texts ?? value?.texts ?? [];
        const form = [
          isList ? t('catalogue.list_of', { type }) : type,
          unit,
          optional ? t('catalogue.optional') : undefined,
        ];
        return (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              {form.filter((each) => each !== undefined).join(' · ')}
              {choices.length > 0 && <>: {choices.join(', ')}</>}
              {meaning !== undefined && <p>{meaning}</p>}
              {value?.fields === undefined
                ? value?.meaning !== undefined && <small> {value.meaning}</small>
                : value.fields.length > 0 && <Fields fields={value.fields} values={values} />}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
