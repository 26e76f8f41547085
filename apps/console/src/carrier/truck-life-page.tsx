import { Alert, Button, Skeleton } from 'antd';
import type { VisitResponse } from '@yizhan/client';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { phaseOf } from '../board/phases.js';
import { Plate } from '../frame/plate.js';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { detailsOf, eventKeyOf } from './event-words.js';
import { useHistoryOf, useVisitsOf } from './use-carrier.js';

/** The life of one truck: each of its stays at a station, with everything that was written of it. */
export function TruckLifePage() {
  const { t, problem } = useTexts();
  const { plate = '' } = useParams();
  const { data: visits, error } = useVisitsOf(plate);
  useTitle(plate);
  return (
    <section>
      <Link to="/carrier">← {t('carrier.trucks')}</Link>
      <h1>
        <Plate plate={plate} isLarge />
      </h1>
      {error && <Alert type="error" showIcon title={problem(error)} />}
      {!visits && !error && <Skeleton active />}
      {visits?.length === 0 && <p className="empty">{t('carrier.no_visits')}</p>}
      <ul className="carrier-list">
        {visits?.map((visit, index) => (
          <li key={visit.visitId} className="panel">
            <VisitLife visit={visit} isNewest={index === 0} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function VisitLife({ visit, isNewest }: { readonly visit: VisitResponse; readonly isNewest: boolean }) {
  const { t, codeText, dateTimeOf, problem } = useTexts();
  const [isOpen, setOpen] = useState(isNewest);
  const { data: history, error } = useHistoryOf(visit.visitId, isOpen);
  const { stationCode, flow, arrivedAt, departedAt, driverId, held, holdReasons } = visit;
  return (
    <>
      <h2>
        {stationCode} · {codeText('phase', phaseOf(visit))} ·{' '}
        {flow === 'into_zone' ? t('flow.into_zone') : t('flow.out_of_zone')}
      </h2>
      <p>
        {arrivedAt !== undefined && <>{t('carrier.arrived', { time: dateTimeOf(arrivedAt) })} </>}
        {departedAt !== undefined && <>{t('carrier.departed', { time: dateTimeOf(departedAt) })} </>}
        {driverId !== undefined && <>{t('carrier.driver', { driver: driverId })} </>}
        {held && (
          <span className="badge badge-held">
            ! {t('board.held')} {holdReasons.map((reason) => codeText('reason', reason)).join(', ')}
          </span>
        )}
      </p>
      {!isOpen && (
        <Button size="large" onClick={() => setOpen(true)}>
          {t('carrier.show_history')}
        </Button>
      )}
      {isOpen && error && <Alert type="error" showIcon title={problem(error)} />}
      {isOpen && !history && !error && <Skeleton active />}
      {isOpen && (
        <ol className="carrier-history" reversed>
          {history?.toReversed().map(({ id, type, time, data }) => (
            <li key={id}>
              <time dateTime={time}>{dateTimeOf(time)}</time>
              <span>
                {codeText('event', eventKeyOf(type))} <small>{detailsOf(data)}</small>
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
