import { Alert, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTexts } from '../i18n/use-texts.js';
import type { LendingShown } from './lending-panel.js';
import { type Move, useMoveArrivals } from './use-moves.js';

const MoveArrivals = lazy(async () => ({ default: (await import('./move-arrivals.js')).MoveArrivals }));

/** Has announced trucks come to another station; what was done last is taken back by a tap. */
export function MovesPanel({ areaCode, stations }: LendingShown) {
  const { t, problem } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [done, setDone] = useState<Move>();
  const nameOf = (code: string): string => stations.find(({ stationCode }) => stationCode === code)?.name ?? code;
  const back = useMoveArrivals(areaCode, () => setDone(undefined));
  return (
    <section className="panel centre-moves" aria-labelledby="centre-moves">
      <h2 id="centre-moves">{t('moves.title')}</h2>
      {back.error && <Alert role="alert" type="error" showIcon title={problem(back.error)} />}
      {done && (
        <div role="status">
          <p>
            {t('moves.done', {
              number: done.visitIds.length,
              from: nameOf(done.stationCode),
              to: nameOf(done.toStationCode),
            })}
          </p>
          {done.visitIds.length > 0 && (
            <Button
              loading={back.isPending}
              onClick={() => {
                const { stationCode, toStationCode, visitIds, reason } = done;
                back.mutate({ stationCode: toStationCode, toStationCode: stationCode, visitIds, reason });
              }}
            >
              {t('moves.undo')}
            </Button>
          )}
        </div>
      )}
      {isOpen ? (
        <Suspense>
          <MoveArrivals
            areaCode={areaCode}
            stations={stations}
            onDone={(moved, move) => {
              setOpen(false);
              if (move) setDone({ ...move, visitIds: [...moved] });
            }}
          />
        </Suspense>
      ) : (
        <Button onClick={() => setOpen(true)}>{t('moves.begin')}</Button>
      )}
    </section>
  );
}
