import { useQuery } from '@tanstack/react-query';
import { ProblemError } from '@yizhan/client';
import { Alert, Skeleton } from 'antd';
import { asking, yizhan } from '../api/yizhan.js';
import { HelpfulChanges } from './helpful-changes.js';
import { useTexts } from '../i18n/use-texts.js';

/** The scheduler's last word on a handoff; `null` while it has not looked at it yet. */
async function readWhyNot(handoffId: string) {
  try {
    return await asking(() => yizhan.handoffs.readWhyNot({ path: { handoffId } }));
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 404) return null;
    throw error;
  }
}

/** What the scheduler says of a handoff; `null` before it has said anything. */
export function useWhyNot(handoffId: string) {
  return useQuery({
    queryKey: ['station', 'why-not', handoffId],
    queryFn: () => readWhyNot(handoffId),
    refetchInterval: 10_000,
  });
}

/** Why a truck waits, and what would free it. */
export function WhyNot({ handoffId }: { readonly handoffId: string }) {
  const { t, problem, codeText, timeOf } = useTexts();
  const { data, error } = useWhyNot(handoffId);
  return (
    <section className="panel" aria-live="polite">
      <h2>{t('why_not.title')}</h2>
      {error && <Alert type="error" showIcon title={problem(error)} />}
      {data === undefined && !error && <Skeleton active title={false} paragraph={{ rows: 2 }} />}
      {data === null && <p>{t('why_not.not_yet')}</p>}
      {data && (
        <>
          <p>
            {data.kind === 'proposed'
              ? t('why_not.proposed', { driver: data.driverId ?? '' })
              : t('why_not.withheld', { time: timeOf(data.decidedAt) })}
          </p>
          <ul className="reasons">
            {data.reasons.map(({ rule, drivers, until }) => (
              <li key={rule}>
                {codeText('rule', rule)} · {t('why_not.drivers', { count: drivers })}
                {until !== undefined && <> · {t('why_not.until', { time: timeOf(until) })}</>}
              </li>
            ))}
          </ul>
          <HelpfulChanges changes={data.changes} />
        </>
      )}
    </section>
  );
}
