import { Alert, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { later } from '../frame/later.js';
import { PlateOf } from '../frame/plate-of.js';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { tidyPlate } from '../ticket/plate.js';
import './passes.css';
import { type Pass, usePasses } from './use-passes.js';

const AmendmentCard = later(async () => (await import('./amendment-card.js')).AmendmentCard, <Skeleton active />);

const authorities: ReadonlySet<string> = new Set(['command_centre', 'administrator']);

/** Which assignments wait for a pass, and the passes themselves. The authority grants; a station sees what it waits for. */
export function PassesPage() {
  const { t, problem } = useTexts();
  const { stationCode = '' } = useParams();
  const [plate, setPlate] = useState('');
  const { data, error } = usePasses(stationCode, plate);
  useTitle(t('passes.title'));
  return (
    <div className="passes">
      <Link to={`/station/${stationCode}`}>← {t('truck.to_board')}</Link>
      <h1>{t('passes.title')}</h1>
      {error && <Alert type="error" showIcon title={problem(error)} />}
      <section className="panel">
        <h2>{t('passes.requests')}</h2>
        {!data && !error && <Skeleton active />}
        {data?.requests.length === 0 && <p className="empty">{t('passes.no_requests')}</p>}
        <ul className="pass-list">
          {data?.requests.map((request) => (
            <li key={request.handoffId}>
              <AmendmentCard request={request} mayGrant={authorities.has(data.caller.role)} />
            </li>
          ))}
        </ul>
      </section>
      <section className="panel">
        <h2>{t('passes.all')}</h2>
        <Input.Search
          allowClear
          size="large"
          aria-label={t('passes.by_plate')}
          placeholder={t('passes.by_plate')}
          onSearch={(text) => setPlate(tidyPlate(text))}
        />
        {data?.passes.length === 0 && <p className="empty">{t('board.none')}</p>}
        <ul className="pass-list">
          {data?.passes.map((pass) => (
            <li key={pass.passId}>
              <PassLine pass={pass} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function PassLine({ pass }: { readonly pass: Pass }) {
  const { t, dateTimeOf, codeText } = useTexts();
  const { passId, plate, route, state, driverIds, poolAreaCode, validUntil } = pass;
  return (
    <div className="pass">
      <PlateOf plate={plate} />
      <strong>{passId}</strong>
      <span className={state === 'issued' ? 'badge' : 'badge badge-held'}>{codeText('pass_state', state)}</span>
      <span>{route}</span>
      <span>
        {[...driverIds, ...(poolAreaCode === undefined ? [] : [t('passes.pool', { area: poolAreaCode })])].join(' · ')}
      </span>
      <small>
        {validUntil === undefined ? t('passes.without_end') : t('passes.until', { time: dateTimeOf(validUntil) })}
      </small>
    </div>
  );
}
