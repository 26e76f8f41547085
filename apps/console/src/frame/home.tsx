import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Skeleton } from 'antd';
import { Link, Navigate } from 'react-router';
import { asking, yizhan } from '../api/yizhan.js';
import { CentreLinks } from './centre-links.js';
import { useTexts } from '../i18n/use-texts.js';
import { useCaller } from '../session/use-session.js';
import { useTitle } from './use-title.js';

const atStations: ReadonlySet<string> = new Set(['operator', 'shift_lead', 'administrator', 'command_centre']);

/** Leads everybody to where his work is. */
export function Home() {
  const { t, problem, codeText } = useTexts();
  useTitle(t('home.title'));
  const caller = useCaller();
  const isStaff = caller.data !== undefined && atStations.has(caller.data.role);
  const stations = useQuery({
    queryKey: ['stations'],
    enabled: isStaff,
    queryFn: () => asking(() => yizhan.stations.list({ query: { limit: 200 } })),
  });
  const failure = caller.error ?? stations.error;
  if (failure) return <Alert type="error" showIcon title={problem(failure)} />;
  if (caller.data?.role === 'carrier') return <Navigate to="/carrier" replace />;
  if (caller.data && !isStaff) {
    return <Alert type="info" showIcon title={t('home.no_pages')} description={codeText('role', caller.data.role)} />;
  }
  if (!caller.data || !stations.data) return <Skeleton active />;
  const own = caller.data.stations;
  const shown = stations.data.items.filter(({ stationCode }) => own.length === 0 || own.includes(stationCode));
  const [only] = shown;
  if (only && shown.length === 1 && caller.data.role !== 'command_centre')
    return <Navigate to={`/station/${only.stationCode}`} replace />;
  return (
    <section className="narrow">
      <h1>{t('home.choose')}</h1>
      <CentreLinks role={caller.data.role} areas={caller.data.areas} />
      {shown.length === 0 && <Alert type="info" showIcon title={t('home.no_stations')} />}
      <div className="stations">
        {shown.map(({ stationCode, name, state, bays }) => (
          <Link key={stationCode} to={`/station/${stationCode}`}>
            <Card hoverable size="small" title={name}>
              {codeText('station_state', state)} · {t('home.bays', { count: bays.length })}
            </Card>
          </Link>
        ))}
      </div>
    </section>
  );
}
