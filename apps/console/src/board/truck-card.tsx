import { memo } from 'react';
import { Link } from 'react-router';
import { Plate } from '../frame/plate.js';
import { nextStep } from '../handoff/guide.js';
import { useTexts } from '../i18n/use-texts.js';
import { AcceptClock } from './accept-clock.js';
import { phaseOf, waitsSince } from './phases.js';
import type { BoardVisit } from './use-board.js';
import { WaitingClock } from './waiting-clock.js';

/** One truck on the board, with what is to be done next. */
export const TruckCard = memo(function TruckCard({ visit, now }: { readonly visit: BoardVisit; readonly now: number }) {
  const { t, timeOf, codeText, ticketText } = useTexts();
  const since = waitsSince(visit);
  const next = nextStep(visit);
  const bay = visit.handoffState === 'started' ? visit.bayCode : visit.calledBayCode;
  return (
    <Link to={`/truck/${visit.visitId}`} className="truck-card">
      <span className="truck-line">
        <Plate plate={visit.plate} colour={visit.plateColour} />
        {since !== undefined && <WaitingClock since={since} now={now} />}
      </span>
      <span className="truck-line truck-facts">
        {visit.ticketNo !== undefined && <span className="ticket">{ticketText(visit.ticketNo)}</span>}
        <span>{visit.flow === 'into_zone' ? t('flow.into_zone') : t('flow.out_of_zone')}</span>
        {bay !== undefined && <span>{t('board.bay', { bay })}</span>}
        {visit.driverId !== undefined && visit.state === 'arrived' && <span>{visit.driverId}</span>}
        {phaseOf(visit) === 'expected' && visit.expectedAt !== undefined && (
          <span>{t('board.expected_at', { time: timeOf(visit.expectedAt) })}</span>
        )}
        {visit.departedAt !== undefined && <span>{timeOf(visit.departedAt)}</span>}
        {visit.outcome !== undefined && <span>{codeText('outcome', visit.outcome)}</span>}
      </span>
      {visit.state === 'announced' && visit.movedFrom !== undefined && visit.movedFrom.length > 0 && (
        <span className="truck-line">
          <span className="badge">{t('board.moved', { from: visit.movedFrom.join(' '), to: visit.stationCode })}</span>
        </span>
      )}
      {(visit.held || visit.handoffState === 'assigned') && (
        <span className="truck-line">
          {visit.held && <span className="badge badge-held">! {t('board.held')}</span>}
          {visit.handoffState === 'assigned' && (
            <span className="badge">
              … {t('board.to_accept')} {visit.acceptBy !== undefined && <AcceptClock acceptBy={visit.acceptBy} />}
            </span>
          )}
        </span>
      )}
      {next && <span className="truck-next">→ {codeText('step', next)}</span>}
    </Link>
  );
});
