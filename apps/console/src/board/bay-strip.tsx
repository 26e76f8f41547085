import { memo, useMemo } from 'react';
import { Link } from 'react-router';
import { Plate } from '../frame/plate.js';
import { useTexts } from '../i18n/use-texts.js';
import { byBay } from './bays.js';
import type { BoardVisit } from './use-board.js';

/** Every bay, and which truck is in it or called to it. */
export const BayStrip = memo(function BayStrip({
  bays,
  visits,
}: {
  readonly bays: readonly string[];
  readonly visits: readonly BoardVisit[];
}) {
  const { t } = useTexts();
  const { started, called } = useMemo(() => byBay(visits), [visits]);
  const free = bays.filter((bay) => !started.has(bay) && !called.has(bay)).length;
  return (
    <section aria-labelledby="bays">
      <h2 id="bays" className="strip-title">
        {t('board.bays')} <small>{t('board.free_bays', { count: free })}</small>
      </h2>
      <ul className="bays">
        {bays.map((bay) => {
          const inBay = started.get(bay);
          const visit = inBay ?? called.get(bay);
          return (
            <li key={bay} className={`bay ${inBay ? 'bay-busy' : visit ? 'bay-called' : 'bay-free'}`}>
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
});
