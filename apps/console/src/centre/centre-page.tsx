import { Alert, Select, Skeleton } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { AlertsPanel } from './alerts-panel.js';
import './centre-texts.js';
import './centre.css';
import { DataAge } from './data-age.js';
import { Flow } from './flow.js';
import { LineStopsPanel } from './line-stops-panel.js';
import { ofCounty } from './of-county.js';
import { stationRows, summaryOf } from './standings.js';
import { StationTable } from './station-table.js';
import { SummaryStrip } from './summary-strip.js';
import { useCentreAlerts, useCentreBoard, useCentreStations } from './use-centre.js';

const CapacityPanel = lazy(async () => ({ default: (await import('./capacity-panel.js')).CapacityPanel }));
const CasesPanel = lazy(async () => ({ default: (await import('./cases-panel.js')).CasesPanel }));
const LowerPanels = lazy(async () => ({ default: (await import('./lower-panels.js')).LowerPanels }));
const Levers = lazy(async () => ({ default: (await import('./levers.js')).Levers }));

const spans = [1, 4, 24, 72, 168] as const;

/** An area at a glance: what goes in and out, where it sticks, and what asks for somebody. */
export function CentrePage() {
  const { t, problem } = useTexts();
  const { areaCode = '' } = useParams();
  // In the address, so that it can be kept and sent.
  const navigate = useNavigate();
  const countyCode = new URLSearchParams(useLocation().search).get('county') ?? undefined;
  const [hours, setHours] = useState<number>(24);
  const board = useCentreBoard({ areaCode, countyCode, hours });
  const alerts = useCentreAlerts(areaCode);
  const places = useCentreStations(areaCode);
  const title = t('centre.title', { area: places.data?.area.name ?? areaCode });
  useTitle(title);
  const failure = board.error ?? alerts.error ?? places.error;
  const all = useMemo(() => places.data?.stations ?? [], [places.data]);
  const counties = [...new Set(all.map((station) => station.countyCode))].toSorted();
  const shown = countyCode === undefined ? all : all.filter((station) => station.countyCode === countyCode);
  const codes = new Set(shown.map(({ stationCode }) => stationCode));
  const standing = ofCounty(alerts.data ?? [], countyCode === undefined ? undefined : codes);
  return (
    <div className="centre">
      <div className="centre-head">
        <h1>{title}</h1>
        {board.data && <DataAge asOf={board.data.asOf} readAt={board.dataUpdatedAt} isFailing={failure !== null} />}
        <div className="centre-choices">
          <Select
            aria-label={t('centre.county')}
            value={countyCode ?? ''}
            options={[
              { value: '', label: t('centre.all_counties') },
              ...counties.map((code) => ({ value: code, label: t('centre.county_code', { code }) })),
            ]}
            onChange={(code) =>
              void navigate({ search: code === '' ? '' : `?county=${encodeURIComponent(code)}` }, { replace: true })
            }
          />
          <Select
            aria-label={t('centre.span')}
            value={hours}
            options={spans.map((each) => ({ value: each, label: t('centre.last_hours', { hours: each }) }))}
            onChange={setHours}
          />
          <Link to="report" className="centre-link">
            {t('centre.report')}
          </Link>
          <Link to="screen" className="centre-link">
            {t('centre.screen')}
          </Link>
        </div>
      </div>
      {failure && <Alert role="alert" type="error" showIcon title={problem(failure)} />}
      {!board.data || !places.data ? (
        !failure && <Skeleton active />
      ) : (
        <>
          <SummaryStrip summary={summaryOf(board.data)} isOfCounty={countyCode !== undefined} />
          <div className="centre-grid">
            <AlertsPanel areaCode={areaCode} alerts={standing} stations={all} />
            <Flow board={board.data} />
          </div>
          <Suspense>
            <CasesPanel areaCode={areaCode} stations={all} />
          </Suspense>
          <div className="centre-grid">
            <Suspense>
              <CapacityPanel areaCode={areaCode} countyCode={countyCode} />
            </Suspense>
            <LineStopsPanel areaCode={areaCode} stationCodes={codes} />
          </div>
          <StationTable areaCode={areaCode} rows={stationRows(shown, board.data, standing)} asOf={board.data.asOf} />
          <Suspense>
            <Levers areaCode={areaCode} stations={all} />
          </Suspense>
          <Suspense>
            <LowerPanels
              areaCode={areaCode}
              board={board.data}
              stationCodes={codes}
              isOfCounty={countyCode !== undefined}
            />
          </Suspense>
        </>
      )}
    </div>
  );
}
