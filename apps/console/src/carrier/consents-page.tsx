import { Alert, Button, Skeleton } from 'antd';
import type { ConsentResponse } from '@yizhan/client';
import { useState } from 'react';
import { yizhan } from '../api/yizhan.js';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { consentWords } from './consent-words.js';
import { NewConsent } from './new-consent.js';
import { useCarrierChange, useConsents } from './use-carrier.js';

/** What the carrier has agreed to beforehand: give, see who gave it and until when, revoke. */
export function ConsentsPage() {
  const { t, problem } = useTexts();
  const { data: consents, error } = useConsents();
  const [isGiving, setGiving] = useState(false);
  const [showsAll, setShowsAll] = useState(false);
  useTitle(t('carrier.consents'));
  const shown = consents?.filter(({ inForce }) => inForce || showsAll);
  const over = (consents?.length ?? 0) - (consents?.filter(({ inForce }) => inForce).length ?? 0);
  return (
    <section>
      <h1>{t('carrier.consents')}</h1>
      <p>{t('consent.explain')}</p>
      {error && <Alert type="error" showIcon title={problem(error)} />}
      {isGiving ? (
        <section className="panel">
          <h2>{t('consent.new')}</h2>
          <NewConsent onGiven={() => setGiving(false)} />
        </section>
      ) : (
        <Button type="primary" size="large" onClick={() => setGiving(true)}>
          {t('consent.new')}
        </Button>
      )}
      {!consents && !error && <Skeleton active />}
      {shown?.length === 0 && <p className="empty">{t('consent.none')}</p>}
      <ul className="carrier-list">
        {shown?.map((consent) => (
          <li key={consent.consentId} className="panel">
            <ConsentLine consent={consent} />
          </li>
        ))}
      </ul>
      {over > 0 && !showsAll && (
        <Button size="large" onClick={() => setShowsAll(true)}>
          {t('consent.show_over', { count: over })}
        </Button>
      )}
    </section>
  );
}

function ConsentLine({ consent }: { readonly consent: ConsentResponse }) {
  const { t, problem, dateTimeOf, codeText } = useTexts();
  const [isSure, setSure] = useState(false);
  const { consentId, byId, givenAt, validUntil, revokedAt, revokedById, inForce } = consent;
  const revoke = useCarrierChange((path: { readonly consentId: string }, headers) =>
    yizhan.consents.revoke({ path, headers }),
  );
  const underWay = revoke.data?.underWay ?? [];
  const state = revokedAt === undefined ? (inForce ? 'in_force' : 'ended') : 'revoked';
  return (
    <>
      <p>
        <span className={inForce ? 'badge' : 'badge badge-held'}>
          {inForce ? '✓' : '!'} {codeText('consent_state', state)}
        </span>{' '}
        <strong>{consentWords(consent, { t, codeText })}</strong>
      </p>
      <p>
        {t('consent.given_by', { who: byId, time: dateTimeOf(givenAt) })}{' '}
        {validUntil !== undefined && t('consent.until', { time: dateTimeOf(validUntil) })}{' '}
        {revokedAt !== undefined && t('consent.revoked_by', { who: revokedById, time: dateTimeOf(revokedAt) })}
      </p>
      {revoke.error && <Alert role="alert" type="error" showIcon title={problem(revoke.error)} />}
      {underWay.length > 0 && (
        <Alert role="alert" type="warning" showIcon title={t('consent.under_way', { count: underWay.length })} />
      )}
      {inForce && (
        <Button
          danger
          size="large"
          loading={revoke.isPending}
          onClick={() => (isSure ? revoke.mutate({ consentId }) : setSure(true))}
        >
          {isSure ? t('consent.revoke_surely') : t('consent.revoke')}{' '}
          <span className="visually-hidden">{consentWords(consent, { t, codeText })}</span>
        </Button>
      )}
    </>
  );
}
