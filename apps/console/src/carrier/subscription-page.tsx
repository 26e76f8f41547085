import { Alert, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { ChangeSubscription } from './change-subscription.js';
import { Deliveries } from './deliveries.js';
import { Replays } from './replays.js';
import { StateBadge } from './state-badge.js';
import { filterLists } from './subscription-fields.js';
import { SubscriptionSteps } from './subscription-steps.js';
import { type Subscription, useSubscription } from './use-carrier.js';

/** The service counts what waits up to so many. */
const mostCounted = 5_000;

/** One subscription: how its endpoint fares, what can be done with it, and every delivery. */
export function SubscriptionPage() {
  const { t, problem } = useTexts();
  const { subscriptionId = '' } = useParams();
  const { data: subscription, error } = useSubscription(subscriptionId);
  useTitle(t('subscription.title'));
  return (
    <section>
      <Link to="/carrier/subscriptions">← {t('carrier.subscriptions')}</Link>
      {error && <Alert type="error" showIcon title={problem(error)} />}
      {!subscription && !error && <Skeleton active />}
      {subscription && (
        <>
          <h1 className="carrier-url">{subscription.url}</h1>
          <p>
            <StateBadge subscription={subscription} /> {subscription.description}
          </p>
          <div className="carrier-grid">
            <SubscriptionSteps subscription={subscription} />
            <About subscription={subscription} />
          </div>
          <ChangeSubscription subscription={subscription} />
          <Replays subscriptionId={subscriptionId} />
          <Deliveries subscriptionId={subscriptionId} />
        </>
      )}
    </section>
  );
}

function About({ subscription }: { readonly subscription: Subscription }) {
  const { t, codeText, dateTimeOf } = useTexts();
  const {
    filter,
    headerNames,
    ordered,
    perSecond,
    pending,
    lastNumber,
    nextAttemptAt,
    heldUntil,
    previousSecretUntil,
  } = subscription;
  const lists = filterLists.flatMap((name): [string, string][] =>
    filter[name] ? [[codeText('filter_list', name), filter[name].join(', ')]] : [],
  );
  const isCounted = pending < mostCounted;
  const lines: [string, string | undefined][] = [
    ...(lists.length > 0 ? lists : [[t('subscription.filter'), t('subscription.everything')] as [string, string]]),
    [t('subscription.order'), ordered ? t('subscription.per_truck') : t('subscription.as_it_comes')],
    [t('subscription.rate'), perSecond === undefined ? undefined : String(perSecond)],
    [t('subscription.header_names'), headerNames.length > 0 ? headerNames.join(', ') : undefined],
    [t('subscription.delivered_so_far'), isCounted ? String(lastNumber - pending) : undefined],
    [t('subscription.pending'), `${isCounted ? '' : '≥ '}${pending}`],
    [t('subscription.next_attempt'), nextAttemptAt && dateTimeOf(nextAttemptAt)],
    [t('subscription.held_until'), heldUntil && dateTimeOf(heldUntil)],
    [t('subscription.secret_made'), dateTimeOf(subscription.secretMadeAt)],
    [t('subscription.both_until'), previousSecretUntil && dateTimeOf(previousSecretUntil)],
  ];
  return (
    <section className="panel">
      <h2>{t('subscription.about')}</h2>
      <dl className="carrier-facts">
        {lines.map(
          ([label, value]) =>
            value !== undefined && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <h2>{t('subscription.notices')}</h2>
      <ol className="carrier-history">
        {subscription.notices.map(({ at, code }) => (
          <li key={`${at} ${code}`}>
            <time dateTime={at}>{dateTimeOf(at)}</time>
            <span>{codeText('notice', code)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
