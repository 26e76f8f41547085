import { Link } from 'react-router';
import { useTexts } from '../i18n/use-texts.js';
import { isKept } from './logged-step.js';
import { useStepsOf } from './use-steps.js';

/** On the page of a truck: what was logged of it here and the service does not have, or has refused. */
export function StepsOfTruck({ visitId }: { readonly visitId: string }) {
  const { t, codeText, timeOf } = useTexts();
  const own = useStepsOf(visitId).filter((step) => step.state === 'refused' || isKept(step));
  if (own.length === 0) return undefined;
  return (
    <section className="panel" aria-labelledby="of-truck">
      <h2 id="of-truck">{t('offline.of_truck')}</h2>
      <ul className="logged-steps">
        {own.map(({ order, state, step, time }) => (
          <li key={order} className="logged-head">
            <span className={state === 'refused' ? 'badge badge-held' : 'badge badge-waiting'}>
              {codeText('step_state', state)}
            </span>
            {codeText('step_kind', step.kind)} <time dateTime={time}>{timeOf(time)}</time>
          </li>
        ))}
      </ul>
      <Link to="/unsent">{t('offline.title')}</Link>
    </section>
  );
}
