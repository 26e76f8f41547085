import { Alert, Skeleton } from 'antd';
import { Link } from 'react-router';
import { useTitle } from '../frame/use-title.js';
import { Wide } from '../frame/wide.js';
import { useTexts } from '../i18n/use-texts.js';
import { type Used, useUsage } from './use-carrier.js';

/** What was delivered and what was not, by day and subscription. */
export function UsagePage() {
  const { t, problem } = useTexts();
  const { data: used, error } = useUsage();
  useTitle(t('carrier.usage'));
  return (
    <section>
      <h1>{t('carrier.usage')}</h1>
      <p>{t('usage.explain')}</p>
      {error && <Alert type="error" showIcon title={problem(error)} />}
      {!used && !error && <Skeleton active />}
      {used?.length === 0 && <p className="empty">{t('subscription.none')}</p>}
      {used?.map((each) => (
        <UsageOf key={each.subscription.subscriptionId} used={each} />
      ))}
    </section>
  );
}

function UsageOf({ used: { subscription, days } }: { readonly used: Used }) {
  const { t } = useTexts();
  const { subscriptionId, url, description } = subscription;
  const sum = (of: 'delivered' | 'failed' | 'attempts' | 'failedAttempts'): number =>
    days.reduce((all, day) => all + day[of], 0);
  return (
    <section className="panel">
      <h2 className="carrier-url">
        <Link to={`/carrier/subscriptions/${subscriptionId}`}>{url}</Link>
      </h2>
      {description !== undefined && <p>{description}</p>}
      <Wide className="carrier-wide" label={url}>
        <table className="carrier-table">
          <thead>
            <tr>
              <th scope="col">{t('usage.day')}</th>
              <th scope="col">{t('usage.delivered')}</th>
              <th scope="col">{t('usage.failed')}</th>
              <th scope="col">{t('usage.attempts')}</th>
              <th scope="col">{t('usage.failed_attempts')}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, delivered, failed, attempts, failedAttempts }) => (
              <tr key={day}>
                <th scope="row">{day}</th>
                <td>{delivered}</td>
                <td>{failed}</td>
                <td>{attempts}</td>
                <td>{failedAttempts}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('usage.together')}</th>
              <td>{sum('delivered')}</td>
              <td>{sum('failed')}</td>
              <td>{sum('attempts')}</td>
              <td>{sum('failedAttempts')}</td>
            </tr>
          </tfoot>
        </table>
      </Wide>
    </section>
  );
}
