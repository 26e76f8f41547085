import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider, Spin, theme } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { lazy, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { DemonstrationBanner } from '../demonstration/demonstration-banner.js';
import { StorageBanner } from '../storage/storage-banner.js';
import { useTexts } from '../i18n/use-texts.js';
import { currentSession } from '../session/current-session.js';
import { useSession } from '../session/use-session.js';
import { Home } from './home.js';
import { ColourScheme, useColourScheme } from './colour-scheme.js';

const StaffFrame = lazy(async () => ({ default: (await import('./staff-frame.js')).StaffFrame }));
const SignInPage = lazy(async () => ({ default: (await import('../sign-in/sign-in-page.js')).SignInPage }));
const ClaimPage = lazy(async () => ({ default: (await import('../sign-in/claim-page.js')).ClaimPage }));
const BoardPage = lazy(async () => ({ default: (await import('../board/board-page.js')).BoardPage }));
const ExceptionsPage = lazy(async () => ({
  default: (await import('../exceptions/exceptions-page.js')).ExceptionsPage,
}));
const ShiftPage = lazy(async () => ({ default: (await import('../shift/shift-page.js')).ShiftPage }));
const OverridesPage = lazy(async () => ({ default: (await import('../overrides/overrides-page.js')).OverridesPage }));
const PassesPage = lazy(async () => ({ default: (await import('../passes/passes-page.js')).PassesPage }));
const TruckPage = lazy(async () => ({ default: (await import('../truck/truck-page.js')).TruckPage }));
const UnsentPage = lazy(async () => ({ default: (await import('../offline/unsent-page.js')).UnsentPage }));
const DriverPage = lazy(async () => ({ default: (await import('../driver/driver-page.js')).DriverPage }));
const CarrierPages = lazy(async () => ({ default: (await import('../carrier/carrier-pages.js')).CarrierPages }));
const GatePage = lazy(async () => ({ default: (await import('../gate/gate-page.js')).GatePage }));
const SignInAgain = lazy(async () => ({ default: (await import('../sign-in/sign-in-again.js')).SignInAgain }));
const CentrePage = lazy(async () => ({ default: (await import('../centre/centre-page.js')).CentrePage }));
const StationTrucksPage = lazy(async () => ({
  default: (await import('../centre/station-trucks-page.js')).StationTrucksPage,
}));
const CentreReportPage = lazy(async () => ({ default: (await import('../centre/report-page.js')).ReportPage }));
const OverviewPage = lazy(async () => ({ default: (await import('../centre/overview-page.js')).OverviewPage }));
const ScreenPage = lazy(async () => ({ default: (await import('../centre/screen-page.js')).ScreenPage }));
const NotFound = lazy(async () => ({ default: (await import('./not-found.js')).NotFound }));

const queries = new QueryClient({
  defaultOptions: {
    // What a browser says of its network is a guess: a request that fails says more.
    queries: { retry: 1, staleTime: 2_000, refetchOnWindowFocus: true, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});

/** What was read of a station is there for a shift: without a network it is what there is. */
queries.setQueryDefaults(['station'], { gcTime: 12 * 3_600_000 });

currentSession.onLeaving(() => queries.clear());

/** Who has told his device that nothing shall move sees nothing move. */
const hasMotion = !matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Each is read at a contrast of 4.5 at least; axe looks in the tests. */
const lightColours = {
  colorPrimary: '#0b6b54',
  // The edge of a field is seen at a contrast of 3, also in glare.
  colorBorder: '#87948e',
  colorLink: '#0b6b54',
  colorError: '#c1121f',
  colorTextDescription: '#55625d',
  colorTextTertiary: '#55625d',
  colorTextPlaceholder: '#66736e',
};
const darkColours = {
  colorPrimary: '#1f8a6f',
  colorBorder: '#6f7e77',
  colorLink: '#5fd0b1',
  colorError: '#ff7875',
  colorTextDescription: '#a9b7b1',
  colorTextTertiary: '#a9b7b1',
  colorTextPlaceholder: '#94a39d',
  colorBgContainer: '#1b2521',
  colorBgElevated: '#222e29',
};

/** Everything that a browser shows. */
export function App() {
  return (
    <ColourScheme>
      <QueryClientProvider client={queries}>
        <Themed />
      </QueryClientProvider>
    </ColourScheme>
  );
}

function Themed() {
  const { isEnglish } = useTexts();
  const { isDark } = useColourScheme();
  const { state } = useSession();
  return (
    <ConfigProvider
      locale={isEnglish ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        // Under a pointer, too, a button is read at a contrast of 4.5.
        ...(isDark && {
          components: {
            Button: {
              defaultHoverColor: darkColours.colorLink,
              defaultActiveColor: darkColours.colorLink,
              colorPrimaryHover: '#1b6d58',
            },
          },
        }),
        token: {
          ...(isDark ? darkColours : lightColours),
          motion: hasMotion,
          borderRadius: 8,
          fontSize: 16,
          controlHeight: 40,
          fontFamily:
            "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'WenQuanYi Micro Hei', sans-serif",
        },
      }}
    >
      <DemonstrationBanner />
      <StorageBanner />
      <BrowserRouter>
        <Suspense fallback={<Spin fullscreen />}>
          <Routes>
            <Route path="/sign-in" element={<SignInPage />} />
            <Route path="/claim" element={<ClaimPage />} />
            <Route path="/driver" element={<DriverPage />} />
            <Route path="/gate" element={<GatePage />} />
            <Route element={<StaffFrame />}>
              <Route index element={<Home />} />
              <Route path="/station/:stationCode" element={<BoardPage />} />
              <Route path="/station/:stationCode/exceptions" element={<ExceptionsPage />} />
              <Route path="/station/:stationCode/shift" element={<ShiftPage />} />
              <Route path="/station/:stationCode/overrides" element={<OverridesPage />} />
              <Route path="/station/:stationCode/passes" element={<PassesPage />} />
              <Route path="/truck/:visitId" element={<TruckPage />} />
              <Route path="/centre/screen" element={<OverviewPage />} />
              <Route path="/centre/:areaCode" element={<CentrePage />} />
              <Route path="/centre/:areaCode/screen" element={<ScreenPage />} />
              <Route path="/centre/:areaCode/report" element={<CentreReportPage />} />
              <Route path="/centre/:areaCode/station/:stationCode" element={<StationTrucksPage />} />
              <Route path="/unsent" element={<UnsentPage />} />
              <Route path="/carrier/*" element={<CarrierPages />} />
              <Route path="*" element={<NotFound />} />
            </Route>
          </Routes>
        </Suspense>
        <Suspense fallback={<Spin fullscreen />}>{state === 'ended' && <SignInAgain />}</Suspense>
      </BrowserRouter>
    </ConfigProvider>
  );
}
