import { Button } from 'antd';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import { hiddenColumns } from './hidden-columns.js';
import { LongList } from './long-list.js';
import { byPhase, type Phase, phases } from './phases.js';
import { TruckCard } from './truck-card.js';
import type { BoardVisit } from './use-board.js';

/** Trucks in the columns that they go through; where not all fit, what is out of sight is named and one tap away. */
export const Columns = memo(function Columns({
  visits,
  now,
}: {
  readonly visits: readonly BoardVisit[];
  readonly now: number;
}) {
  const { t } = useTexts();
  const columns = useMemo(() => byPhase(visits), [visits]);
  const place = useRef<HTMLDivElement>(null);
  const hidden = useHidden(place);
  const more = (side: 'left' | 'right') => (
    <MoreColumns
      side={side}
      shown={hidden[side].map((index) => [phases[index] ?? 'gone', columns[phases[index] ?? 'gone'].length] as const)}
      onShow={() => {
        const width = place.current?.clientWidth ?? 0;
        place.current?.scrollBy({ left: side === 'left' ? -width : width });
      }}
    />
  );
  return (
    <>
      <div className="more-columns">
        {more('left')}
        {more('right')}
      </div>
      {/* A region that scrolls must be reached by keyboard. */}
      <div ref={place} className="columns" role="region" aria-label={t('board.columns')} tabIndex={0}>
        {phases.map((phase) => (
          <Column key={phase} phase={phase} visits={columns[phase]} now={now} />
        ))}
      </div>
    </>
  );
});

const none = { left: [], right: [] } as ReturnType<typeof hiddenColumns>;

/** Which columns are out of sight, as the window and what is scrolled change. */
function useHidden(place: { readonly current: HTMLDivElement | null }): ReturnType<typeof hiddenColumns> {
  const [hidden, setHidden] = useState(none);
  useEffect(() => {
    const region = place.current;
    if (!region) return undefined;
    const look = (): void => {
      const lies = [...region.children].map((column) => ({
        left: (column as HTMLElement).offsetLeft,
        width: (column as HTMLElement).offsetWidth,
      }));
      const now = hiddenColumns(lies, { left: region.scrollLeft, width: region.clientWidth });
      setHidden((before) =>
        String([before.left, '|', before.right]) === String([now.left, '|', now.right]) ? before : now,
      );
    };
    const watch = new ResizeObserver(look);
    watch.observe(region);
    region.addEventListener('scroll', look, { passive: true });
    return () => {
      watch.disconnect();
      region.removeEventListener('scroll', look);
    };
  }, [place]);
  return hidden;
}

function MoreColumns({
  side,
  shown,
  onShow,
}: {
  readonly side: 'left' | 'right';
  readonly shown: readonly (readonly [Phase, number])[];
  readonly onShow: () => void;
}) {
  const { t, codeText } = useTexts();
  if (shown.length === 0) return null;
  const names = shown.map(([phase, count]) => `${codeText('phase', phase)} ${count}`).join(' · ');
  return (
    <Button className={`more-${side}`} onClick={onShow} aria-label={t('board.more_columns', { names })}>
      {side === 'left' && <span aria-hidden="true">← </span>}
      {names}
      {side === 'right' && <span aria-hidden="true"> →</span>}
    </Button>
  );
}

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
