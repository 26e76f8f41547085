import { memo, useMemo } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { LongList } from './long-list.js';
import { byPhase, type Phase, phases } from './phases.js';
import { TruckCard } from './truck-card.js';
import type { BoardVisit } from './use-board.js';

/** Trucks in the columns that they go through. */
export const Columns = memo(function Columns({
  visits,
  now,
}: {
  readonly visits: readonly BoardVisit[];
  readonly now: number;
}) {
  const { t } = useTexts();
  const columns = useMemo(() => byPhase(visits), [visits]);
  return (
    // A region that scrolls must be reached by keyboard.
    <div className="columns" role="region" aria-label={t('board.columns')} tabIndex={0}>
      {phases.map((phase) => (
        <Column key={phase} phase={phase} visits={columns[phase]} now={now} />
      ))}
    </div>
  );
});

function Column({
  phase,
  visits,
  now,
}: {
  readonly phase: Phase;
  readonly visits: readonly BoardVisit[];
  readonly now: number;
}) {
  const { t, codeText } = useTexts();
  const heading = `column-${phase}`;
  return (
    <section className={`column column-${phase}`} aria-labelledby={heading}>
      <h2 id={heading}>
        {codeText('phase', phase)} <span className="count">{visits.length}</span>
      </h2>
      {visits.length === 0 ? (
        <p className="empty">{t('board.none')}</p>
      ) : (
        <LongList
          items={visits}
          keyOf={({ visitId }) => visitId}
          render={(visit) => <TruckCard visit={visit} now={now} />}
          usualHeight={104}
          gap={8}
          labelledBy={heading}
        />
      )}
    </section>
  );
}
