import { Alert, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { type Made, NewSubscription } from './new-subscription.js';
import { SecretOnce } from './secret-once.js';
import { StateBadge } from './state-badge.js';
import { useSubscriptions } from './use-carrier.js';

/** Where a carrier has what happens to its trucks sent, and how each endpoint fares. */
export function SubscriptionsPage() {
  const { t, problem } = useTexts();
  const { data: subscriptions, error } = useSubscriptions();
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<Made>();
  useTitle(t('carrier.subscriptions'));
  return (
    <section>
      <h1>{t('carrier.subscriptions')}</h1>
      <p>{t('subscription.explain')}</p>
      {error && <Alert type="error" showIcon title={problem(error)} />}
      {made && (
        <section className="panel">
          <h2>{t('subscription.made')}</h2>
          <SecretOnce secret={made.secret} />
          <Link to={`/carrier/subscriptions/${made.subscriptionId}`}>{t('subscription.prove_next')} →</Link>
        </section>
      )}
      {isMaking ? (
        <section className="panel">
          <h2>{t('subscription.new')}</h2>
          <NewSubscription
            onMade={(each) => {
              setMade(each);
              setMaking(false);
            }}
          />
        </section>
      ) : (
        <Button type="primary" size="large" onClick={() => setMaking(true)}>
          {t('subscription.new')}
        </Button>
      )}
      {!subscriptions && !error && <Skeleton active />}
      {subscriptions?.length === 0 && <p className="empty">{t('subscription.none')}</p>}
      <ul className="carrier-list">
        {subscriptions?.map((each) => (
          <li key={each.subscriptionId}>
            <Link to={`/carrier/subscriptions/${each.subscriptionId}`} className="panel carrier-line">
              <StateBadge subscription={each} />
              <strong className="carrier-url">{each.url}</strong>
              {each.description !== undefined && <span>{each.description}</span>}
              <small>{t('subscription.waiting', { count: each.pending })}</small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
