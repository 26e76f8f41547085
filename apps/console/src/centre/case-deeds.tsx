import { Alert, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { yizhan, type keyed } from '../api/yizhan.js';
import { localInput } from '../carrier/local-input.js';
import { Field, Step } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { serverNow } from '../live/use-now.js';
import { useAreaChange } from './use-area-change.js';
import { type CaseInFull, useAreas } from './use-cases.js';

const outcomes = ['solved', 'workaround', 'cause_gone', 'passed_on', 'not_solved', 'opened_in_error'] as const;
type Outcome = (typeof outcomes)[number];
type Asked = 'note' | 'hand_over' | 'move_due' | 'close';
const asked: readonly Asked[] = ['note', 'hand_over', 'move_due', 'close'];

type BodyOf<Step extends 'handOver' | 'close'> = Parameters<(typeof yizhan.cases)[Step]>[0]['body'];

type Deed =
  | { readonly what: 'accept' }
  | { readonly what: 'note'; readonly note: string }
  | { readonly what: 'hand_over'; readonly to: BodyOf<'handOver'> }
  | { readonly what: 'move_due'; readonly dueAt: string; readonly note: string }
  | { readonly what: 'close'; readonly how: BodyOf<'close'> };

/** What may be done about a case by whoever looks at it; each asks for no more than it needs. */
export function CaseDeeds({ areaCode, found }: { readonly areaCode: string; readonly found: CaseInFull }) {
  const { codeText, problem } = useTexts();
  const [chosen, setChosen] = useState<Asked>();
  const done = () => setChosen(undefined);
  const change = useAreaChange(areaCode, (deed: Deed, headers) => take(found.caseId, deed, headers), done);
  const may = (step: string) => found.allowedSteps.some((each) => each === step);
  if (chosen === undefined) {
    return (
      <div className="case-deeds">
        {change.error && <Alert role="alert" type="error" showIcon title={problem(change.error)} />}
        {may('accept') && (
          <Button type="primary" onClick={() => change.mutate({ what: 'accept' })} loading={change.isPending}>
            {codeText('case_step', 'accept')}
          </Button>
        )}
        {asked.filter(may).map((step) => (
          <Button key={step} onClick={() => setChosen(step)}>
            {codeText('case_step', step)}
          </Button>
        ))}
      </div>
    );
  }
  return (
    <DeedForm
      key={chosen}
      what={chosen}
      found={found}
      error={change.error}
      isBusy={change.isPending}
      onDeed={(deed) => change.mutate(deed)}
      onLeave={done}
    />
  );
}

interface DeedAsked {
  readonly what: Asked;
  readonly found: CaseInFull;
  readonly error: unknown;
  readonly isBusy: boolean;
  readonly onDeed: (deed: Deed) => void;
  readonly onLeave: () => void;
}

const hour = 3_600_000;

function DeedForm({ what, found, error, isBusy, onDeed, onLeave }: DeedAsked) {
  const { t, codeText } = useTexts();
  const { data: areas = [] } = useAreas();
  const [note, setNote] = useState('');
  const [toAreaCode, setArea] = useState<string>();
  const [toId, setPerson] = useState('');
  const [outcome, setOutcome] = useState<Outcome>();
  const [due, setDue] = useState(localInput(Math.max(Date.parse(found.dueAt), serverNow()) + hour));
  const written = note.trim() === '' ? {} : { note };
  const id = (field: string) => `case-${field}-${found.caseId}`;
  const deed = ((): Deed | undefined => {
    switch (what) {
      case 'note':
        return written.note === undefined ? undefined : { what, note };
      case 'move_due':
        return written.note === undefined || due === ''
          ? undefined
          : { what, note, dueAt: new Date(due).toISOString() };
      case 'close':
        return outcome && { what, how: { outcome, ...written } };
      case 'hand_over': {
        const person = toId.trim();
        return toAreaCode === undefined
          ? undefined
          : { what, to: { toAreaCode, ...(person !== '' && { toId: person }), ...written } };
      }
    }
  })();
  return (
    <Step
      error={error}
      isBusy={isBusy}
      isReady={deed !== undefined}
      label={codeText('case_step', what)}
      onSubmit={() => deed && onDeed(deed)}
    >
      {what === 'hand_over' && (
        <>
          <Field label={t('cases.to_area')} htmlFor={id('area')}>
            <Select
              id={id('area')}
              showSearch
              optionFilterProp="label"
              value={toAreaCode}
              placeholder={t('cases.choose_area')}
              options={areas.map(({ areaCode: value, name }) => ({ value, label: `${name} (${value})` }))}
              onChange={setArea}
            />
          </Field>
          <Field label={t('cases.to_person')} htmlFor={id('person')}>
            <Input id={id('person')} value={toId} maxLength={64} onChange={(event) => setPerson(event.target.value)} />
          </Field>
        </>
      )}
      {what === 'move_due' && (
        <Field label={t('cases.new_due')} htmlFor={id('due')}>
          <Input id={id('due')} type="datetime-local" value={due} onChange={(event) => setDue(event.target.value)} />
        </Field>
      )}
      {what === 'close' && found.causeStands && <Alert type="warning" showIcon title={t('cases.cause_stands')} />}
      {what === 'close' && (
        <Field label={t('cases.outcome')} htmlFor={id('outcome')}>
          <Select
            id={id('outcome')}
            value={outcome}
            placeholder={t('cases.choose_outcome')}
            options={outcomes.map((value) => ({ value, label: codeText('case_outcome', value) }))}
            onChange={setOutcome}
          />
        </Field>
      )}
      <Field
        label={what === 'note' ? t('cases.note') : what === 'move_due' ? t('cases.why') : t('cases.note_if_any')}
        htmlFor={id('note')}
      >
        <Input.TextArea
          id={id('note')}
          rows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
      <Button block onClick={onLeave}>
        {t('cases.not_now')}
      </Button>
    </Step>
  );
}

function take(caseId: string, deed: Deed, headers: ReturnType<typeof keyed>) {
  const { cases } = yizhan;
  const path = { caseId };
  switch (deed.what) {
    case 'accept':
      return cases.accept({ path, headers });
    case 'note':
      return cases.note({ path, headers, body: { note: deed.note } });
    case 'hand_over':
      return cases.handOver({ path, headers, body: deed.to });
    case 'move_due':
      return cases.moveDue({ path, headers, body: { dueAt: deed.dueAt, note: deed.note } });
    case 'close':
      return cases.close({ path, headers, body: deed.how });
  }
}
