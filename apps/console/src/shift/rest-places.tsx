import { Alert, Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { Field } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';

const leads: ReadonlySet<string> = new Set(['shift_lead', 'administrator']);

/** Whoever leads the station says how many rest places it has. */
export function RestPlaces({
  stationCode,
  role,
  restPlaces,
}: {
  readonly stationCode: string;
  readonly role: string;
  readonly restPlaces: number;
}) {
  const { t, problem } = useTexts();
  const [number, setNumber] = useState<number | null>(restPlaces);
  const change = useChange((body: { readonly restPlaces: number }, headers) =>
    yizhan.stations.setRestPlaces({ path: { stationCode }, headers, body }),
  );
  if (!leads.has(role)) return null;
  return (
    <form
      className="panel rest-places"
      onSubmit={(event) => {
        event.preventDefault();
        if (number !== null) change.mutate({ restPlaces: number });
      }}
    >
      <Field label={t('care.how_many')} htmlFor="rest-places">
        <InputNumber
          id="rest-places"
          size="large"
          min={0}
          max={1000}
          precision={0}
          value={number}
          onChange={setNumber}
        />
      </Field>
      <Button
        htmlType="submit"
        size="large"
        loading={change.isPending}
        disabled={number === null || number === restPlaces}
      >
        {t('care.set')}
      </Button>
      {change.error && <Alert role="alert" type="error" showIcon title={problem(change.error)} />}
    </form>
  );
}
