import { Alert, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { phaseOf, waitsSince } from '../board/phases.js';
import { WaitingClock } from '../board/waiting-clock.js';
import { Plate } from '../frame/plate.js';
import { useTitle } from '../frame/use-title.js';
import { Name } from '../names/name.js';
import { useTexts } from '../i18n/use-texts.js';
import { useNow } from '../live/use-now.js';
import { RunWords } from './run-words.js';
import type { TruckNow } from './trucks-now.js';
import { useTrucks } from './use-carrier.js';

/** Where each of a carrier's trucks is now, and who has it. */
export function TrucksPage() {
  const { t, problem, dateTimeOf } = useTexts();
  const { data: trucks, error, dataUpdatedAt } = useTrucks();
  const [part, setPart] = useState('');
  const now = useNow();
  useTitle(t('carrier.trucks'));
  const shown = trucks?.filter(({ plate }) => plate.includes(part));
  return (
    <section>
      <h1>{t('carrier.trucks')}</h1>
      {error && <Alert type="error" showIcon title={problem(error)} />}
      {error && trucks && (
        <p role="status" className="badge">
          {t('live.stale')} {t('live.as_of', { time: dateTimeOf(new Date(dataUpdatedAt).toISOString()) })}
        </p>
      )}
      {!trucks && !error && <Skeleton active />}
      {trucks && trucks.length > 0 && (
        <Input
          allowClear
          size="large"
          className="carrier-search"
          aria-label={t('carrier.by_plate')}
          placeholder={t('carrier.by_plate')}
          value={part}
          onChange={({ target }) => setPart(target.value.trim().toUpperCase())}
        />
      )}
      {shown?.length === 0 && <p className="empty">{t('carrier.no_trucks')}</p>}
      <ul className="carrier-list">
        {shown?.map((truck) => (
          <li key={truck.plate}>
            <TruckLine truck={truck} now={now} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function TruckLine({ truck: { plate, truck, visit, run }, now }: { readonly truck: TruckNow; readonly now: number }) {
  const { t, codeText, dateTimeOf } = useTexts();
  const since = visit && waitsSince(visit);
  return (
    <Link to={`/carrier/trucks/${encodeURIComponent(plate)}`} className="panel carrier-line">
      <Plate plate={plate} colour={truck?.plateColour} />
      {visit && (
        <strong>
          <Name kind="station" id={visit.stationCode} /> · {codeText('phase', phaseOf(visit))}
        </strong>
      )}
      {since !== undefined && <WaitingClock since={since} now={now} />}
      {run && visit?.state !== 'arrived' && <RunWords run={run} />}
      {visit?.held && <span className="badge badge-held">! {t('board.held')}</span>}
      {truck?.custodian && (
        <span>
          {codeText('party', truck.custodian.kind)} {truck.custodian.id}
          {truck.custodyAt !== undefined && <small> {t('carrier.since', { time: dateTimeOf(truck.custodyAt) })}</small>}
        </span>
      )}
      {!visit && !run && !truck?.custodian && <span>{t('carrier.not_tracked')}</span>}
    </Link>
  );
}
