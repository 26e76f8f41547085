import { Alert, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { clockText, minutesSince, phaseOf, phases, waitsSince } from '../board/phases.js';
import { LiveSign } from '../board/live-sign.js';
import { type BoardVisit, useBoard } from '../board/use-board.js';
import { useLiveBoard } from '../board/use-live-board.js';
import { Plate } from '../frame/plate.js';
import { useTitle } from '../frame/use-title.js';
import { Wide } from '../frame/wide.js';
import { fileTimeText } from '../i18n/instant-text.js';
import { useTexts } from '../i18n/use-texts.js';
import { useNow } from '../live/use-now.js';
import './centre-texts.js';
import './centre.css';
import { SaveTable } from './save-table.js';

/** The trucks of one station, each of which leads to its own page. */
export function StationTrucksPage() {
  const { t, problem, codeText, dateTimeOf } = useTexts();
  const { areaCode = '', stationCode = '' } = useParams();
  const { data: board, error } = useBoard(stationCode);
  const live = useLiveBoard(stationCode);
  const [phase, setPhase] = useState('');
  const now = useNow();
  useTitle(board?.station.name ?? t('centre.trucks'));
  if (!board) return error ? <Alert type="error" showIcon title={problem(error)} /> : <Skeleton active />;
  const { station, visits, asOf, isCut } = board;
  const shown = visits
    .filter((visit) => phase === '' || phaseOf(visit) === phase)
    .map((visit) => ({ visit, minutes: waitOf(visit, now) }))
    .toSorted((one, other) => (other.minutes ?? -1) - (one.minutes ?? -1));
  // A truck that has a driver does not wait for one, as the figures of the area have it.
  const stepOf = (visit: BoardVisit): string =>
    phaseOf(visit) === 'waiting_for_driver' && visit.driverId !== undefined
      ? t('centre.driver_assigned')
      : codeText('phase', phaseOf(visit));
  const read = () => {
    const head = [t('centre.plate'), t('centre.phase'), t('centre.direction'), t('centre.minutes'), t('centre.driver')];
    const lines = shown.map(({ visit, minutes }) => [
      visit.plate,
      stepOf(visit),
      codeText('centre_flow', visit.flow),
      minutes ?? '',
      visit.driverId ?? '',
    ]);
    return { name: `${stationCode}-${fileTimeText(asOf)}`, head, lines };
  };
  return (
    <div className="centre">
      <Link to={`/centre/${areaCode}`}>← {t('centre.to_area')}</Link>
      <div className="centre-head">
        <h1>{station.name}</h1>
        <span className={station.state === 'open' ? 'badge' : 'badge badge-held'}>
          {codeText('station_state', station.state)}
        </span>
        <LiveSign state={error === null ? live : 'stale'} asOf={asOf} />
        {station.cutOffAt !== undefined && (
          <span className="badge badge-held">{t('board.cut_off', { time: dateTimeOf(station.cutOffAt) })}</span>
        )}
        <div className="centre-choices">
          <Select
            aria-label={t('centre.phase')}
            value={phase}
            options={[
              { value: '', label: t('centre.any_phase') },
              ...phases.map((each) => ({ value: each, label: codeText('phase', each) })),
            ]}
            onChange={setPhase}
          />
          <SaveTable read={read} />
          <Link to={`/station/${stationCode}`} className="centre-link">
            {t('centre.to_board')}
          </Link>
        </div>
      </div>
      {isCut && <Alert type="warning" showIcon title={t('board.cut')} />}
      <section className="panel" aria-label={t('centre.trucks')}>
        <Wide className="centre-scroll" label={t('centre.trucks')}>
          <table className="centre-table">
            <thead>
              <tr>
                <th scope="col">{t('centre.plate')}</th>
                <th scope="col" className="centre-words">
                  {t('centre.phase')}
                </th>
                <th scope="col" className="centre-words">
                  {t('centre.direction')}
                </th>
                <th scope="col">{t('centre.waits')}</th>
                <th scope="col">{t('centre.driver')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ visit, minutes }) => (
                <tr key={visit.visitId}>
                  <th scope="row">
                    <Link to={`/truck/${visit.visitId}`}>
                      <Plate plate={visit.plate} colour={visit.plateColour} />
                    </Link>
                  </th>
                  <td className="centre-words">{stepOf(visit)}</td>
                  <td className="centre-words">{codeText('centre_flow', visit.flow)}</td>
                  <td>{minutes === undefined ? '–' : clockText(minutes)}</td>
                  <td>{visit.driverId ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      </section>
    </div>
  );
}

function waitOf(visit: BoardVisit, now: number): number | undefined {
  const since = waitsSince(visit);
  return since === undefined ? undefined : minutesSince(since, now);
}
