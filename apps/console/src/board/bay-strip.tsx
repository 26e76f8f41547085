import { Link } from 'react-router';
import { Plate } from '../frame/plate.js';
import { useTexts } from '../i18n/use-texts.js';
import type { Board } from './use-board.js';

/** Every bay, and which truck is in it or called to it. */
export function BayStrip({ board }: { readonly board: Board }) {
  const { t } = useTexts();
  return (
    <section aria-labelledby="bays">
      <h2 id="bays" className="strip-title">
        {t('board.bays')}
      </h2>
      <ul className="bays">
        {board.station.bays.map((bay) => {
          const inBay = board.visits.find((visit) => visit.handoffState === 'started' && visit.bayCode === bay);
          const called = board.visits.find(
            (visit) => visit.calledBayCode === bay && visit.handoffState !== 'completed' && visit.state !== 'departed',
          );
          const visit = inBay ?? called;
          return (
            <li key={bay} className={`bay ${inBay ? 'bay-busy' : called ? 'bay-called' : 'bay-free'}`}>
              <strong>{bay}</strong>
              {visit ? (
                <Link to={`/truck/${visit.visitId}`}>
                  <Plate plate={visit.plate} colour={visit.plateColour} />
                  <small>{inBay ? t('board.in_bay') : t('board.called')}</small>
                </Link>
              ) : (
                <span>{t('board.free')}</span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
