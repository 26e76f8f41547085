import { Alert, Button, Skeleton } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import { AttentionButton } from '../attention/attention-button.js';
import { needList } from '../attention/need-list.js';
import { useAttention } from '../attention/use-attention.js';
import { FindTruck } from '../find/find-truck.js';
import { useTitle } from '../frame/use-title.js';
import { useChecksAhead } from '../handoff/read-checks.js';
import { useTexts } from '../i18n/use-texts.js';
import { useNow } from '../live/use-now.js';
import { TicketDrawer } from '../ticket/ticket-drawer.js';
import { BayStrip } from './bay-strip.js';
import './board.css';
import { Columns } from './columns.js';
import { LiveSign } from './live-sign.js';
import { People } from './people.js';
import { type Board, useBoard } from './use-board.js';
import { useLiveBoard } from './use-live-board.js';

/** A station at a glance. */
export function BoardPage() {
  const { stationCode = '' } = useParams();
  const { data: board, error } = useBoard(stationCode);
  if (board) return <BoardView key={stationCode} board={board} isFailing={error !== null} />;
  return <NoBoard error={error} />;
}

function NoBoard({ error }: { readonly error: unknown }) {
  const { t, problem } = useTexts();
  useTitle(t('board.title'));
  return error ? <Alert type="error" showIcon title={problem(error)} /> : <Skeleton active />;
}

function BoardView({ board, isFailing }: { readonly board: Board; readonly isFailing: boolean }) {
  const { t, codeText, dateTimeOf } = useTexts();
  const { station, asOf, openExceptions, visits, isCut } = board;
  const live = useLiveBoard(station.stationCode);
  const now = useNow();
  const needs = useAttention(board);
  useTitle(needs.size > 0 ? `(${needs.size}) ${station.name}` : station.name);
  const toSee = useMemo(() => needList(needs, board), [needs, board]);
  const toDecide = board.overrideRequests.filter(({ allowedSteps }) => allowedSteps.length > 0).length;
  const [isTaking, setTaking] = useState(false);
  useChecksAhead(station.stationCode);
  return (
    <div className="board">
      <div className="board-head">
        <h1>{station.name}</h1>
        {station.state !== 'open' && (
          <span className="badge badge-held">{codeText('station_state', station.state)}</span>
        )}
        {station.cutOffAt !== undefined && (
          <span className="badge badge-held">{t('board.cut_off', { time: dateTimeOf(station.cutOffAt) })}</span>
        )}
        <LiveSign state={isFailing ? 'stale' : live} asOf={asOf} />
        <nav className="board-pages" aria-label={t('board.pages')}>
          <Link to="shift">{t('shift.open')}</Link>
          <Link to="overrides">{t('overrides.title')}</Link>
          <Link to="passes">{t('passes.title')}</Link>
        </nav>
        {openExceptions > 0 && (
          <Link to="exceptions" className="badge badge-held">
            ! {t('board.exceptions', { count: openExceptions })}
          </Link>
        )}
        {toDecide > 0 && (
          <Link to="overrides" className="badge badge-held">
            ! {t('overrides.to_decide', { count: toDecide })}
          </Link>
        )}
        <FindTruck visits={visits} />
        <AttentionButton needs={toSee} />
        <Button type="primary" size="large" className="ticket-button" onClick={() => setTaking(true)}>
          + {t('ticket.open')}
        </Button>
      </div>
      {isCut && <Alert type="warning" showIcon title={t('board.cut')} />}
      <BayStrip bays={station.bays} visits={visits} />
      <Columns visits={visits} now={now} />
      <People
        driversOnDuty={board.driversOnDuty}
        outsideDrivers={board.outsideDrivers}
        care={board.care}
        stationCode={station.stationCode}
      />
      <TicketDrawer station={station} isOpen={isTaking} onClose={() => setTaking(false)} />
    </div>
  );
}
