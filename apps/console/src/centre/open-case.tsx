import { Alert, Button, Input, Select, Skeleton } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { yizhan } from '../api/yizhan.js';
import { Field, Step } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { useAreaChange } from './use-area-change.js';
import { useAreas, useCases, useOpenExceptions } from './use-cases.js';

interface Opening {
  readonly areaCode: string;
  /** What it is opened for; nothing as long as nobody has chosen. */
  readonly cause: { readonly alertId: string } | { readonly exceptionId: string } | undefined;
  readonly onDone: () => void;
  readonly children?: ReactNode;
}

type Body = Parameters<typeof yizhan.cases.open>[0]['body'];

/** Whose it is to be, and what there is to say of it. */
export function OpenCaseForm({ areaCode, cause, onDone, children }: Opening) {
  const { t } = useTexts();
  const form = useId();
  const { data: areas = [] } = useAreas();
  const [ownerAreaCode, setOwner] = useState(areaCode);
  const [note, setNote] = useState('');
  const open = useAreaChange(areaCode, (body: Body, headers) => yizhan.cases.open({ headers, body }), onDone);
  const written = note.trim() === '' ? {} : { note };
  return (
    <Step
      error={open.error}
      isBusy={open.isPending}
      isReady={cause !== undefined}
      label={t('cases.open')}
      onSubmit={() => cause && open.mutate({ areaCode, ...cause, ownerAreaCode, ...written })}
    >
      {children}
      <Field label={t('cases.owner_area')} htmlFor={`${form}-owner`}>
        <Select
          id={`${form}-owner`}
          showSearch
          optionFilterProp="label"
          value={ownerAreaCode}
          options={
            areas.length === 0
              ? [{ value: areaCode, label: areaCode }]
              : areas.map(({ areaCode: value, name }) => ({ value, label: `${name} (${value})` }))
          }
          onChange={setOwner}
        />
      </Field>
      <Field label={t('cases.note_if_any')} htmlFor={`${form}-note`}>
        <Input.TextArea
          id={`${form}-note`}
          rows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
      <Button block onClick={onDone}>
        {t('cases.not_now')}
      </Button>
    </Step>
  );
}

interface OpeningForException {
  readonly areaCode: string;
  /** Of stations, by their codes. */
  readonly names: ReadonlyMap<string, string>;
  readonly onDone: () => void;
}

/** For one of the open exceptions that have no case yet. */
export function OpenForException({ areaCode, names, onDone }: OpeningForException) {
  const { t, codeText, problem, timeOf } = useTexts();
  const [exceptionId, setException] = useState<string>();
  const { data, error } = useOpenExceptions(areaCode);
  const { data: cases = [] } = useCases(areaCode, 'open');
  const fault = error && <Alert role="alert" type="error" showIcon title={problem(error)} />;
  if (!data) return fault ?? <Skeleton active />;
  const taken = new Set(cases.map(({ causeId }) => causeId));
  const free = data.filter((each) => !taken.has(each.exceptionId));
  const chosen = free.find((each) => each.exceptionId === exceptionId);
  return (
    <OpenCaseForm areaCode={areaCode} cause={chosen && { exceptionId: chosen.exceptionId }} onDone={onDone}>
      {fault}
      <Field label={t('cases.exception')} htmlFor="case-exception">
        <Select
          id="case-exception"
          showSearch
          optionFilterProp="label"
          value={chosen?.exceptionId}
          placeholder={free.length === 0 ? t('cases.no_exception') : t('cases.choose_exception')}
          options={free.map(({ exceptionId: value, code, stationCode = '', openedAt }) => ({
            value,
            label: [codeText('exception_code', code), names.get(stationCode) ?? stationCode, timeOf(openedAt)]
              .filter((part) => part !== '')
              .join(' · '),
          }))}
          onChange={setException}
        />
      </Field>
    </OpenCaseForm>
  );
}
