import { Alert, Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { yizhan } from '../api/yizhan.js';
import { Field, Step } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { LoanEffect } from './loan-effect.js';
import { useAreaChange } from './use-area-change.js';
import { type Loan, useLendable } from './use-loans.js';

interface Offering {
  readonly areaCode: string;
  /** Loans that are not over: their drivers cannot be offered. */
  readonly lent: readonly Loan[];
  readonly onDone: () => void;
}

type Offer = Parameters<typeof yizhan.driverLoans.offer>[0]['body'];

/** Whom to offer, and to which area; what it would do to the trucks that wait in both is said before. */
export function OfferDriver({ areaCode, lent, onDone }: Offering) {
  const { t, problem } = useTexts();
  const [driverId, setDriver] = useState<string>();
  const [chosenArea, setArea] = useState<string>();
  const { data, error } = useLendable(areaCode);
  const offer = useAreaChange(areaCode, (body: Offer, headers) => yizhan.driverLoans.offer({ headers, body }), onDone);
  if (error) return <Alert role="alert" type="error" showIcon title={problem(error)} />;
  if (!data) return <Skeleton active />;
  const taken = new Set(lent.map((loan) => loan.driverId));
  const drivers = data.filter((driver) => !taken.has(driver.driverId));
  if (drivers.length === 0) return <p>{t('lending.nobody')}</p>;
  const driver = drivers.find((each) => each.driverId === driverId);
  const areas = driver?.toAreas ?? [];
  const toAreaCode = chosenArea !== undefined && areas.includes(chosenArea) ? chosenArea : areas[0];
  return (
    <Step
      error={offer.error}
      isBusy={offer.isPending}
      isReady={driver !== undefined && toAreaCode !== undefined}
      label={t('lending.offer')}
      onSubmit={() => {
        if (!driver || toAreaCode === undefined) return;
        offer.mutate({ driverId: driver.driverId, fromAreaCode: areaCode, toAreaCode });
      }}
    >
      <Field label={t('lending.driver')} htmlFor="lend-driver">
        <Select
          id="lend-driver"
          showSearch
          value={driver?.driverId}
          placeholder={t('lending.choose_driver')}
          options={drivers.map(({ driverId: value, licences, shift }) => ({
            value,
            label: `${value} · ${licences.join(' ')} · ${shift ? t('lending.on_shift') : t('lending.off_shift')}`,
          }))}
          onChange={setDriver}
        />
      </Field>
      <Field label={t('lending.to_area')} htmlFor="lend-area">
        <Select
          id="lend-area"
          disabled={areas.length === 0}
          value={toAreaCode}
          options={areas.map((value) => ({ value, label: value }))}
          onChange={setArea}
        />
      </Field>
      {driver && toAreaCode !== undefined && (
        <>
          <LoanEffect areaCode={areaCode} driver={driver} />
          <LoanEffect areaCode={toAreaCode} driver={driver} />
        </>
      )}
      <Button block onClick={onDone}>
        {t('lending.not_now')}
      </Button>
    </Step>
  );
}
