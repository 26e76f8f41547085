import type { CarrierKeyResponse } from '@yizhan/client';
import { Alert, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { yizhan } from '../api/yizhan.js';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { useNow } from '../live/use-now.js';
import { keyState } from './key-state.js';
import { NewKey } from './new-key.js';
import { SecretOnce } from './secret-once.js';
import { useCallerCarrier, useCarrierChange, useKeys } from './use-carrier.js';

/** Keys by which the carrier's own systems come in: make, see when each was last used, revoke. */
export function KeysPage() {
  const { t, problem } = useTexts();
  const { data: carrierId, error: unknown } = useCallerCarrier();
  const { data: keys, error } = useKeys(carrierId);
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>();
  useTitle(t('carrier.keys'));
  const failed = unknown ?? error;
  return (
    <section>
      <h1>{t('carrier.keys')}</h1>
      <p>{t('key.explain')}</p>
      {failed && <Alert type="error" showIcon title={problem(failed)} />}
      {made !== undefined && <SecretOnce secret={made} title={t('key.once')} gone={t('key.gone')} />}
      {isMaking && carrierId !== undefined ? (
        <section className="panel">
          <h2>{t('key.new')}</h2>
          <NewKey
            carrierId={carrierId}
            onMade={(key) => {
              setMade(key);
              setMaking(false);
            }}
          />
        </section>
      ) : (
        <Button type="primary" size="large" disabled={carrierId === undefined} onClick={() => setMaking(true)}>
          {t('key.new')}
        </Button>
      )}
      {!keys && !failed && <Skeleton active />}
      {keys?.length === 0 && <p className="empty">{t('key.none')}</p>}
      <ul className="carrier-list">
        {carrierId !== undefined &&
          keys?.map((each) => (
            <li key={each.keyId} className="panel">
              <KeyLine carrierId={carrierId} of={each} />
            </li>
          ))}
      </ul>
    </section>
  );
}

function KeyLine({ carrierId, of }: { readonly carrierId: string; readonly of: CarrierKeyResponse }) {
  const { t, problem, dateTimeOf, codeText } = useTexts();
  const [isSure, setSure] = useState(false);
  const { keyId, name, access, createdAt, createdBy, expiresAt, lastUsedAt } = of;
  const state = keyState(of, useNow());
  const revoke = useCarrierChange((asked: string, headers) =>
    yizhan.carrierKeys.revoke({ path: { carrierId, keyId: asked }, headers, body: { reason: 'by_the_carrier' } }),
  );
  return (
    <>
      <p>
        <span className={state === 'live' ? 'badge' : 'badge badge-held'}>
          {state === 'live' ? '✓' : '!'} {codeText('key_state', state)}
        </span>{' '}
        <strong>{name}</strong> · {codeText('key_access', access)}
      </p>
      <p>
        {t('key.made_by', { who: createdBy, time: dateTimeOf(createdAt) })}{' '}
        {lastUsedAt === undefined ? t('key.never_used') : t('key.last_used', { time: dateTimeOf(lastUsedAt) })}{' '}
        {t('key.until', { time: dateTimeOf(expiresAt) })}
      </p>
      {revoke.error && <Alert role="alert" type="error" showIcon title={problem(revoke.error)} />}
      {state === 'live' && (
        <Button
          danger
          size="large"
          loading={revoke.isPending}
          onClick={() => (isSure ? revoke.mutate(keyId) : setSure(true))}
        >
          {isSure ? t('key.revoke_surely') : t('key.revoke')} <span className="visually-hidden">{name}</span>
        </Button>
      )}
    </>
  );
}
