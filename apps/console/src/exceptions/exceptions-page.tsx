import { Alert, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { LiveSign } from '../board/live-sign.js';
import { useBoard } from '../board/use-board.js';
import { later } from '../frame/later.js';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { useLiveStation } from '../live/use-live-station.js';
import { useNow } from '../live/use-now.js';
import { useCaller } from '../session/use-session.js';
import './exceptions.css';
import { useExceptions } from './use-exceptions.js';

const StationCases = later(async () => (await import('../centre/station-cases.js')).StationCases);
const ExceptionCard = later(async () => (await import('./exception-card.js')).ExceptionCard, <Skeleton active />);

/** Who may see what areas do about their station. */
const leads: ReadonlySet<string> = new Set(['shift_lead', 'command_centre', 'administrator']);

/** What has gone wrong at a station and is open: whose it is, since when, until when. */
export function ExceptionsPage() {
  const { t, problem } = useTexts();
  const { stationCode = '' } = useParams();
  const { data: open, error, dataUpdatedAt } = useExceptions(stationCode);
  const visits = useBoard(stationCode).data?.visits;
  const live = useLiveStation(stationCode);
  const { data: caller } = useCaller();
  useTitle(t('exceptions.title'));
  const now = useNow();
  return (
    <div className="exceptions">
      <Link to={`/station/${stationCode}`}>← {t('truck.to_board')}</Link>
      <h1>{t('exceptions.title')}</h1>
      {open && <LiveSign state={error ? 'stale' : live} asOf={new Date(dataUpdatedAt).toISOString()} />}
      {error && <Alert type="error" showIcon title={problem(error)} />}
      {!open && !error && <Skeleton active />}
      {open?.length === 0 && <p>{t('exceptions.none')}</p>}
      <ul className="exception-list">
        {open?.map((exception) => (
          <li key={exception.exceptionId} className="panel">
            <ExceptionCard
              exception={exception}
              plated={visits?.find(({ visitId }) => visitId === exception.visitId)}
              now={now}
            />
          </li>
        ))}
      </ul>
      {caller && leads.has(caller.role) && <StationCases stationCode={stationCode} />}
    </div>
  );
}
