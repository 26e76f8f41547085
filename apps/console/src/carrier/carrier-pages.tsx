import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { Link, Navigate, Route, Routes, useLocation } from 'react-router';
import { useTexts } from '../i18n/use-texts.js';
import './carrier-texts.js';
import './carrier.css';
import { TruckLifePage } from './truck-life-page.js';
import { TrucksPage } from './trucks-page.js';

// Whoever looks for a truck needs none of these: each comes when it is opened.
const ConsentsPage = lazy(async () => ({ default: (await import('./consents-page.js')).ConsentsPage }));
const EventCataloguePage = lazy(async () => ({
  default: (await import('./event-catalogue-page.js')).EventCataloguePage,
}));
const KeysPage = lazy(async () => ({ default: (await import('./keys-page.js')).KeysPage }));
const SubscriptionPage = lazy(async () => ({ default: (await import('./subscription-page.js')).SubscriptionPage }));
const SubscriptionsPage = lazy(async () => ({ default: (await import('./subscriptions-page.js')).SubscriptionsPage }));
const UsagePage = lazy(async () => ({ default: (await import('./usage-page.js')).UsagePage }));
const WaitsPage = lazy(async () => ({ default: (await import('./waits-page.js')).WaitsPage }));

/** In the order in which they stand; a page of another is under the last that its path begins with. */
const pages = [
  { path: '/carrier', name: 'trucks' },
  { path: '/carrier/consents', name: 'consents' },
  { path: '/carrier/waits', name: 'waits' },
  { path: '/carrier/subscriptions', name: 'subscriptions' },
  { path: '/carrier/usage', name: 'usage' },
  { path: '/carrier/keys', name: 'keys' },
  { path: '/carrier/events', name: 'events' },
] as const;

/** What a carrier sees: its trucks, what it agrees to and waited for, and where what happens is sent. */
export function CarrierPages() {
  const { t, codeText } = useTexts();
  const { pathname } = useLocation();
  const at = pages.findLast(({ path }) => pathname === path || pathname.startsWith(`${path}/`))?.path;
  return (
    <div className="carrier">
      <nav aria-label={t('carrier.pages')} className="carrier-nav">
        {pages.map(({ path, name }) => (
          <Link key={path} to={path} aria-current={path === at ? 'page' : undefined}>
            {codeText('carrier_page', name)}
          </Link>
        ))}
      </nav>
      <Suspense fallback={<Skeleton active />}>
        <Routes>
          <Route index element={<TrucksPage />} />
          <Route path="trucks/:plate" element={<TruckLifePage />} />
          <Route path="consents" element={<ConsentsPage />} />
          <Route path="waits" element={<WaitsPage />} />
          <Route path="usage" element={<UsagePage />} />
          <Route path="keys" element={<KeysPage />} />
          <Route path="events" element={<EventCataloguePage />} />
          <Route path="subscriptions" element={<SubscriptionsPage />} />
          <Route path="subscriptions/:subscriptionId" element={<SubscriptionPage />} />
          <Route path="*" element={<Navigate to="/carrier" replace />} />
        </Routes>
      </Suspense>
    </div>
  );
}
