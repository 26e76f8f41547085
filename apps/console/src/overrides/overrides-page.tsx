import { Alert, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { LiveSign } from '../board/live-sign.js';
import { useBoard } from '../board/use-board.js';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { useLiveStation } from '../live/use-live-station.js';
import { useNow } from '../live/use-now.js';
import { useSession } from '../session/use-session.js';
import { OverrideCard } from './override-card.js';
import './overrides.css';
import { byWhatIsNext } from './overrides.js';

/** What waits for a second person at a station: who asks what, why and until when, and what was said of it. */
export function OverridesPage() {
  const { t, problem } = useTexts();
  const { stationCode = '' } = useParams();
  const { data: board, error } = useBoard(stationCode);
  const live = useLiveStation(stationCode);
  const { accountId } = useSession();
  const now = useNow();
  useTitle(t('overrides.title'));
  const requests = byWhatIsNext(board?.overrideRequests ?? [], accountId);
  return (
    <div className="overrides">
      <Link to={`/station/${stationCode}`}>← {t('truck.to_board')}</Link>
      <h1>{t('overrides.title')}</h1>
      <p>{t('overrides.explain')}</p>
      {board && <LiveSign state={error ? 'stale' : live} asOf={board.asOf} />}
      {error && <Alert type="error" showIcon title={problem(error)} />}
      {!board && !error && <Skeleton active />}
      {board && requests.length === 0 && <p className="empty">{t('overrides.none')}</p>}
      <ul className="override-list">
        {requests.map((request) => (
          <li key={request.overrideRequestId}>
            <OverrideCard request={request} now={now} />
          </li>
        ))}
      </ul>
    </div>
  );
}
