import { useMemo } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { byPhase, phases } from './phases.js';
import { TruckCard } from './truck-card.js';
import type { BoardVisit } from './use-board.js';

/** Trucks in the columns that they go through. */
export function Columns({ visits, now }: { readonly visits: readonly BoardVisit[]; readonly now: number }) {
  const { t, codeText } = useTexts();
  const columns = useMemo(() => byPhase(visits), [visits]);
  return (
    // A region that scrolls must be reached by keyboard.
    <div className="columns" role="region" aria-label={t('board.columns')} tabIndex={0}>
      {phases.map((phase) => (
        <section key={phase} className={`column column-${phase}`} aria-labelledby={`column-${phase}`}>
          <h2 id={`column-${phase}`}>
            {codeText('phase', phase)} <span className="count">{columns[phase].length}</span>
          </h2>
          {columns[phase].length === 0 ? (
            <p className="empty">{t('board.none')}</p>
          ) : (
            <ul>
              {columns[phase].map((visit) => (
                <li key={visit.visitId}>
                  <TruckCard visit={visit} now={now} />
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </div>
  );
}
