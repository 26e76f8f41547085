import { Alert, Button, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { keyed, yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import { useName } from '../names/use-names.js';
import { LoanEffect } from './loan-effect.js';
import { type LoanStep, stepsHere } from './loan-steps.js';
import type { CentreStation } from './use-centre.js';
import { useAreaChange } from './use-area-change.js';
import { type Loan, useLoans } from './use-loans.js';

const OfferDriver = lazy(async () => ({ default: (await import('./offer-driver.js')).OfferDriver }));

export interface LendingShown {
  readonly areaCode: string;
  readonly stations: readonly CentreStation[];
}

/** Drivers whom the area has offered, lent or borrowed, and what may be done next about each. */
export function LendingPanel({ areaCode, stations }: LendingShown) {
  const { t, problem } = useTexts();
  const [isOffering, setOffering] = useState(false);
  const { data: loans = [], error } = useLoans(areaCode);
  return (
    <section className="panel centre-lending" aria-labelledby="centre-lending">
      <h2 id="centre-lending">{t('lending.title', { number: loans.length })}</h2>
      {error && <Alert role="alert" type="error" showIcon title={problem(error)} />}
      {loans.length === 0 && <p>{t('lending.none')}</p>}
      <ul className="centre-alert-list">
        {loans.map((loan) => (
          <li key={loan.loanId} className="centre-alert">
            <LoanLine areaCode={areaCode} loan={loan} stations={stations} />
          </li>
        ))}
      </ul>
      {isOffering ? (
        <Suspense>
          <OfferDriver areaCode={areaCode} lent={loans} onDone={() => setOffering(false)} />
        </Suspense>
      ) : (
        <Button onClick={() => setOffering(true)}>{t('lending.offer_one')}</Button>
      )}
    </section>
  );
}

function LoanLine({ areaCode, loan, stations }: LendingShown & { readonly loan: Loan }) {
  const { t, codeText, problem, timeOf } = useTexts();
  const [place, setPlace] = useState<string>();
  const change = useAreaChange(areaCode, (step: LoanStep, headers) =>
    take(step, loan.loanId, place ?? stations[0]?.stationCode ?? '', headers),
  );
  const steps = stepsHere(loan, areaCode);
  const reports = steps.some((step) => step === 'join' || step === 'take_back');
  const { driverId, fromAreaCode, toAreaCode, state, poolAreaCode, expiresAt } = loan;
  const [from, to, pool] = [useName('area', fromAreaCode), useName('area', toAreaCode), useName('area', poolAreaCode)];
  return (
    <>
      <p className="centre-alert-what">
        <strong>{driverId}</strong> · {t('lending.from_to', { from, to })} · {codeText('loan_state', state)}
      </p>
      <p className="centre-alert-who">
        {t('lending.pool', { area: pool })}
        {state === 'offered' && <> · {t('lending.until', { time: timeOf(expiresAt) })}</>}
      </p>
      {state === 'offered' && <LoanEffect areaCode={areaCode} driver={loan} />}
      {reports && (
        <Select
          aria-label={t('lending.reported_at', { driver: driverId })}
          value={place ?? stations[0]?.stationCode}
          options={stations.map(({ stationCode, name }) => ({ value: stationCode, label: name }))}
          onChange={setPlace}
        />
      )}
      {change.error && <Alert role="alert" type="error" showIcon title={problem(change.error)} />}
      {steps.map((step) => (
        <Button key={step} onClick={() => change.mutate(step)} loading={change.isPending && change.variables === step}>
          {codeText('loan_step', step)}
        </Button>
      ))}
    </>
  );
}

function take(step: LoanStep, loanId: string, stationCode: string, headers: ReturnType<typeof keyed>) {
  const { driverLoans } = yizhan;
  const path = { loanId };
  switch (step) {
    case 'accept':
      return driverLoans.accept({ path, headers });
    case 'decline':
      return driverLoans.decline({ path, headers });
    case 'withdraw':
      return driverLoans.withdraw({ path, headers });
    case 'call_off':
      return driverLoans.callOff({ path, headers });
    case 'join':
      return driverLoans.join({ path, headers, body: { stationCode } });
    case 'begin_return':
      return driverLoans.beginReturn({ path, headers });
    case 'take_back':
      return driverLoans.takeBack({ path, headers, body: { stationCode } });
  }
}
