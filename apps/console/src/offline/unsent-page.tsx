import { Alert, Button } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import { UnsentPhotos } from '../photos/unsent-photos.js';
import { useSession } from '../session/use-session.js';
import { useMayBeCleared } from './kept-for-good.js';
import { byTap, heldUp, isKept, type LoggedStep, waitsForAnother } from './logged-step.js';
import { RefusedCard } from './refused-card.js';
import { sendSoon } from './keep-sending.js';
import { workplace } from './station-in.js';
import { StepActs } from './step-acts.js';
import { StepCard } from './step-card.js';
import { StuckCard } from './stuck-card.js';
import { useSteps } from './use-steps.js';

const settledAtMost = 50;

/** Everything that lies on this device: what needs a person, what waits to be sent, and what was settled lately. */
export function UnsentPage() {
  const { t } = useTexts();
  useTitle(t('offline.title'));
  const { accountId } = useSession();
  const steps = useSteps();
  const station = workplace();
  const mayBeCleared = useMayBeCleared();
  const behind = useMemo(() => new Set(heldUp(steps).map(({ order }) => order)), [steps]);
  const refused = steps.filter(({ state, account }) => state === 'refused' && account === accountId);
  // Who has logged it settles it; what waits behind it is not to wait for something that nobody sees.
  const ofOthers = steps.filter(({ state, account }) => state === 'refused' && account !== accountId);
  const waiting = byTap(steps.filter(isKept));
  const settled = steps
    .filter(({ state }) => state === 'done' || state === 'overtaken' || state === 'discarded')
    .toSorted((one, other) => (other.settledAt ?? 0) - (one.settledAt ?? 0))
    .slice(0, settledAtMost);
  return (
    <div className="narrow">
      {station !== undefined && <Link to={`/station/${station}`}>← {t('truck.to_board')}</Link>}
      <h1>{t('offline.title')}</h1>
      <p>{t('offline.explain')}</p>
      {mayBeCleared && <Alert type="warning" showIcon title={t('offline.may_be_cleared')} />}
      {refused.length > 0 && (
        <section aria-labelledby="refused">
          <h2 id="refused">
            {t('offline.needs_you')} <span className="count">{refused.length}</span>
          </h2>
          <ul className="logged-steps refused-steps">
            {refused.map((logged) => (
              <li key={logged.order} className="panel logged-step">
                <RefusedCard logged={logged} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {ofOthers.length > 0 && (
        <section aria-labelledby="of-others">
          <h2 id="of-others">
            {t('offline.needs_others')} <span className="count">{ofOthers.length}</span>
          </h2>
          <ul className="logged-steps">
            {ofOthers.map((logged) => (
              <li key={logged.order} className="panel logged-step">
                <StepCard logged={logged} note={t('offline.to_settle_by', { account: logged.account })} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="waiting">
        <h2 id="waiting">
          {t('offline.waiting')} <span className="count">{waiting.length}</span>
        </h2>
        {waiting.length === 0 ? (
          <p className="empty">{t('offline.nothing_waits')}</p>
        ) : (
          <Button size="large" className="send-now" onClick={sendSoon}>
            {t('offline.send_now')}
          </Button>
        )}
        <ul className="logged-steps waiting-steps">
          {waiting.map((tap) => (
            <li key={tap[0].order} className="panel">
              {tap.map((logged) => (
                <div key={logged.order} className="logged-step logged-part">
                  <WaitingCard
                    logged={logged}
                    isBehind={behind.has(logged.order)}
                    isMine={logged.account === accountId}
                    another={waitsForAnother(logged, steps)}
                  />
                </div>
              ))}
            </li>
          ))}
        </ul>
      </section>
      <UnsentPhotos accountId={accountId} />
      {settled.length > 0 && (
        <section aria-labelledby="settled">
          <h2 id="settled">{t('offline.recent')}</h2>
          <ul className="logged-steps">
            {settled.map((logged) => (
              <li key={logged.order} className="panel logged-step">
                <StepCard logged={logged} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function WaitingCard({
  logged,
  isBehind,
  isMine,
  another,
}: {
  readonly logged: LoggedStep;
  readonly isBehind: boolean;
  readonly isMine: boolean;
  /** Who has logged what is to be sent before. */
  readonly another: string | undefined;
}) {
  const { t } = useTexts();
  if (!isMine) return <StuckCard logged={logged} note={t('offline.of_another', { account: logged.account })} />;
  if (isBehind) return <StuckCard logged={logged} note={t('offline.held_up')} />;
  if (logged.notLogged) return <StuckCard logged={logged} note={t('offline.not_logged')} />;
  if (another === undefined) {
    return (
      <StepCard logged={logged}>
        <StepActs logged={logged} />
      </StepCard>
    );
  }
  return <StuckCard logged={logged} note={t('offline.behind_another', { account: another })} />;
}
