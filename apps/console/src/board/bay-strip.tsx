import { memo, useMemo } from 'react';
import { Link } from 'react-router';
import { Plate } from '../frame/plate.js';
import { useTexts } from '../i18n/use-texts.js';
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
  return (
    <section aria-labelledby="bays">
      <h2 id="bays" className="strip-title">
        {t('board.bays')}
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

/** Who is in each bay, and who is called to it. */
function byBay(visits: readonly BoardVisit[]) {
  const started = new Map<string, BoardVisit>();
  const called = new Map<string, BoardVisit>();
  for (const visit of visits) {
    const { bayCode, calledBayCode, handoffState, state } = visit;
    if (handoffState === 'started' && bayCode !== undefined) started.set(bayCode, visit);
    const isCalled = handoffState !== 'completed' && state !== 'departed';
    if (isCalled && calledBayCode !== undefined && !called.has(calledBayCode)) called.set(calledBayCode, visit);
  }
  return { started, called };
}
