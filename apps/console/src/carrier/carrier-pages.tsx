import { Link, Navigate, Route, Routes, useLocation } from 'react-router';
import { useTexts } from '../i18n/use-texts.js';
import './carrier-texts.js';
import './carrier.css';
import { SubscriptionPage } from './subscription-page.js';
import { SubscriptionsPage } from './subscriptions-page.js';
import { TruckLifePage } from './truck-life-page.js';
import { TrucksPage } from './trucks-page.js';

/** What a carrier sees: its trucks, and where what happens to them is sent. */
export function CarrierPages() {
  const { t } = useTexts();
  const { pathname } = useLocation();
  const isOfSubscriptions = pathname.startsWith('/carrier/subscriptions');
  return (
    <div className="carrier">
      <nav aria-label={t('carrier.pages')} className="carrier-nav">
        <Link to="/carrier" aria-current={isOfSubscriptions ? undefined : 'page'}>
          {t('carrier.trucks')}
        </Link>
        <Link to="/carrier/subscriptions" aria-current={isOfSubscriptions ? 'page' : undefined}>
          {t('carrier.subscriptions')}
        </Link>
      </nav>
      <Routes>
        <Route index element={<TrucksPage />} />
        <Route path="trucks/:plate" element={<TruckLifePage />} />
        <Route path="subscriptions" element={<SubscriptionsPage />} />
        <Route path="subscriptions/:subscriptionId" element={<SubscriptionPage />} />
        <Route path="*" element={<Navigate to="/carrier" replace />} />
      </Routes>
    </div>
  );
}
