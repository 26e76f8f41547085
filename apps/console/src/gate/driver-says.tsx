import { useQuery } from '@tanstack/react-query';
import { ProblemError } from '@yizhan/client';
import { Button } from 'antd';
import { asking, yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import { GateCode } from './gate-code.js';

const lookEvery = 5_000;

/** What the driver has said at the gate; `null` as long as he has not. */
async function readStatement(visitId: string) {
  try {
    return await yizhan.gate.readStatement({ path: { visitId } });
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 404) return null;
    throw error;
  }
}

export type DriverStatement = NonNullable<Awaited<ReturnType<typeof readStatement>>>;

/** The code for the driver, and what he has said of himself once he has: it is taken over by whoever lets him in. */
export function DriverSays({
  visitId,
  plate,
  onTake,
}: {
  readonly visitId: string;
  readonly plate: string;
  readonly onTake: (said: DriverStatement) => void;
}) {
  const { t, timeOf } = useTexts();
  // Kept on no device: it is no answer of a station's pages. Each look at what he has said is recorded, so there is one.
  const { data: said } = useQuery({
    queryKey: ['gate-statement', visitId],
    queryFn: () => asking(() => readStatement(visitId)),
    refetchInterval: ({ state }) => (state.data ? false : lookEvery),
    staleTime: Infinity,
  });
  if (!said) return <GateCode visitId={visitId} plate={plate} />;
  const { name, phone, carrierName, cargo, saidAt } = said;
  return (
    <section className="gate-said" aria-live="polite">
      <strong>{t('gate.driver_says', { time: timeOf(saidAt) })}</strong>
      <p>{[name, phone, carrierName].filter((each) => each !== undefined).join(' · ')}</p>
      {cargo !== undefined && <p>{t('gate.cargo_said', { cargo })}</p>}
      <Button size="large" onClick={() => onTake(said)}>
        {t('gate.take')}
      </Button>
    </section>
  );
}
