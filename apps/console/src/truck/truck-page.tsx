import { Alert, Skeleton } from 'antd';
import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { phaseOf, waitsSince } from '../board/phases.js';
import { WaitingClock } from '../board/waiting-clock.js';
import { later } from '../frame/later.js';
import { Plate } from '../frame/plate.js';
import { useTitle } from '../frame/use-title.js';
import { Guide } from '../handoff/guide-panel.js';
import { useTexts } from '../i18n/use-texts.js';
import { useLiveStation } from '../live/use-live-station.js';
import { useNow } from '../live/use-now.js';
import { stationHere } from '../offline/station-in.js';
import { plateText } from '../ticket/plate.js';
import { StepsOfTruck } from '../offline/steps-of-truck.js';
import { AskedDriver } from './asked-driver.js';
import { Facts } from './facts.js';
import { History } from './history.js';
import { Steady } from './steady.js';
import './truck.css';
import { seenByCentre, useIsCentre } from './use-is-centre.js';
import { useTruck } from './use-truck.js';
import { WhyNot } from './why-not.js';

const Slip = later(async () => (await import('./slip.js')).Slip);
/** What is logged here can be entered anew once the network is gone: another page asks for the forms by a file of their own. */
const loadForms = () => import('../handoff/step-form.js');
const PhotosPanel = later(async () => (await import('../photos/photos-panel.js')).PhotosPanel);

/** One truck's stay: what is next, why it waits, and everything that happened. */
export function TruckPage() {
  const { t, problem, codeText, ticketText, dateTimeOf } = useTexts();
  const { visitId = '' } = useParams();
  const isCentre = useIsCentre();
  const { data: found, error, updatedAt, isPartial } = useTruck(visitId);
  useEffect(() => {
    // Where they cannot be loaded now, they are when one is opened.
    loadForms().catch(() => undefined);
  }, []);
  const truck = found && isCentre ? seenByCentre(found) : found;
  const here = truck && stationHere(truck.visit);
  const live = useLiveStation(here);
  const now = useNow();
  useTitle(truck ? plateText(truck.visit.plate) : t('truck.title'));
  if (!truck) return error ? <Alert type="error" showIcon title={problem(error)} /> : <Skeleton active />;
  const { visit, handoff } = truck;
  const since = waitsSince(visit);
  return (
    <div className="truck-page">
      <nav>
        {isCentre ? (
          <Link to={`/centre/${visit.areaCode}/station/${here}`}>← {t('truck.to_trucks')}</Link>
        ) : (
          <Link to={`/station/${here}`}>← {t('truck.to_board')}</Link>
        )}
      </nav>
      <header className="truck-head">
        <h1>
          <Plate plate={visit.plate} colour={truck.truck?.plateColour} isLarge />
        </h1>
        <div>
          <p className="truck-phase">
            {codeText('phase', phaseOf(visit))} ·{' '}
            {visit.flow === 'into_zone' ? t('flow.into_zone') : t('flow.out_of_zone')}
            {visit.ticketNo !== undefined && <> · {ticketText(visit.ticketNo)}</>}
          </p>
          {since !== undefined && <WaitingClock since={since} now={now} />}{' '}
          {(live === 'stale' || error) && (
            <span className="live-stale badge" role="status">
              {t('live.stale')}
              {updatedAt !== undefined && (
                <small> {t('live.as_of', { time: dateTimeOf(new Date(updatedAt).toISOString()) })}</small>
              )}
            </span>
          )}
        </div>
      </header>
      {isPartial && <Alert type="warning" showIcon title={t('offline.not_all_known')} />}
      <div className="truck-grid">
        <div>
          {handoff?.state === 'requested' && handoff.version > 0 && <WhyNot handoffId={handoff.handoffId} />}
          {handoff?.state === 'assigned' && <AskedDriver handoff={handoff} />}
          <Steady>
            <Guide truck={truck} />
          </Steady>
          <StepsOfTruck visitId={visitId} />
        </div>
        <div>
          <Facts truck={truck} mayCorrect={!isCentre} />
          {/* What was made for one driver, his link above all, is not shown once another one is asked. */}
          {!isCentre && handoff?.driverId !== undefined && (
            <Slip key={`${handoff.handoffId} ${handoff.driverId}`} handoff={handoff} />
          )}
          {handoff?.state === 'completed' && <PhotosPanel visitId={visitId} />}
          <History truck={truck} mayTakeBack={!isCentre} />
        </div>
      </div>
    </div>
  );
}
