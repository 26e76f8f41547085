import { Alert, Button, Skeleton } from 'antd';
import type { VisitResponse } from '@yizhan/client';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { yizhan } from '../api/yizhan.js';
import { phaseOf } from '../board/phases.js';
import { Plate } from '../frame/plate.js';
import { useTitle } from '../frame/use-title.js';
import { Name } from '../names/name.js';
import { useTexts } from '../i18n/use-texts.js';
import { detailsOf, eventKeyOf } from './event-words.js';
import { RunOfTruck } from './run-of-truck.js';
import { useCarrierChange, useHistoryOf, useVisitsOf } from './use-carrier.js';
import { waitingHandoff } from './waiting-handoff.js';

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
      <RunOfTruck plate={plate} />
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
  const handoffId = history && waitingHandoff(history);
  const { stationCode, flow, arrivedAt, departedAt, driverId, held, holdReasons } = visit;
  return (
    <>
      <h2>
        <Name kind="station" id={stationCode} /> · {codeText('phase', phaseOf(visit))} ·{' '}
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
      {handoffId !== undefined && <Agree handoffId={handoffId} />}
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

/** The carrier’s word on one handoff; what it has agreed to beforehand needs none. */
function Agree({ handoffId }: { readonly handoffId: string }) {
  const { t, problem } = useTexts();
  const agree = useCarrierChange((path: { readonly handoffId: string }, headers) =>
    yizhan.handoffs.authorise({ path, headers, body: {} }),
  );
  return (
    <div className="carrier-steps" aria-live="polite">
      {agree.error && <Alert role="alert" type="error" showIcon title={problem(agree.error)} />}
      {agree.data === undefined ? (
        <Button type="primary" size="large" loading={agree.isPending} onClick={() => agree.mutate({ handoffId })}>
          {t('consent.this_handoff')}
        </Button>
      ) : (
        <p>✓ {t('consent.agreed')}</p>
      )}
      <Link to="/carrier/consents">{t('consent.beforehand')} →</Link>
    </div>
  );
}
