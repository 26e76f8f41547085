import { Alert, Button } from 'antd';
import { Link } from 'react-router';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { clockText, minutesSince } from '../board/phases.js';
import { PlateOf } from '../frame/plate-of.js';
import { useTexts } from '../i18n/use-texts.js';
import { Name } from '../names/name.js';
import { useSession } from '../session/use-session.js';
import { OverrideState } from './override-state.js';
import { isFor, type OverrideRequest } from './overrides.js';

/** What somebody asks for, why, and what waiting would cost instead: another person decides it with one tap. */
export function OverrideCard({ request, now }: { readonly request: OverrideRequest; readonly now: number }) {
  const { t, codeText, problem, timeOf } = useTexts();
  const { accountId } = useSession();
  const { overrideRequestId, handoffId, visitId, plate, rule, driverId, reason, byId, readyAt, blockedUntil, state } =
    request;
  const decide = useChange(async (isApproved: boolean, headers) => {
    const asked = { path: { handoffId, overrideRequestId }, headers };
    if (isApproved) await yizhan.handoffs.approveOverrideRequest(asked);
    else await yizhan.handoffs.refuseOverrideRequest(asked);
  });
  const next = isFor(request, accountId);
  return (
    <article className="panel override" aria-label={t('overrides.of', { plate, rule: codeText('overridden', rule) })}>
      <header className="override-head">
        <Link to={`/truck/${visitId}`}>
          <PlateOf plate={plate} />
        </Link>
        <h2>{codeText('overridden', rule)}</h2>
        {driverId !== undefined && (
          <strong>
            <Name kind="driver" id={driverId} />
          </strong>
        )}
      </header>
      <OverrideState request={request} />
      <dl className="override-facts">
        <Fact name={t('overrides.asked_by')}>
          {byId} · {timeOf(request.askedAt)}
        </Fact>
        <Fact name={t('reason.choose')}>{codeText('reason', reason)}</Fact>
        <Fact name={t('overrides.waits')}>{clockText(minutesSince(readyAt, now))}</Fact>
        {rule === 'seal' ? (
          <SealFact request={request} />
        ) : (
          <Fact name={t('overrides.instead')}>
            {blockedUntil === undefined
              ? t('overrides.never')
              : t('overrides.allowed_at', { time: timeOf(blockedUntil) })}
          </Fact>
        )}
      </dl>
      {decide.error && <Alert role="alert" type="error" showIcon title={problem(decide.error)} />}
      {next === 'decide' && (
        <div className="override-acts">
          <Button
            type="primary"
            size="large"
            className="big-button"
            loading={decide.isPending && decide.variables}
            disabled={decide.isPending}
            onClick={() => decide.mutate(true)}
          >
            {t('overrides.approve')}
          </Button>
          <Button
            size="large"
            className="big-button"
            loading={decide.isPending && !decide.variables}
            disabled={decide.isPending}
            onClick={() => decide.mutate(false)}
          >
            {t('overrides.refuse')}
          </Button>
        </div>
      )}
      {next === 'make' && (
        <Link className="override-make" to={`/truck/${visitId}`}>
          {t('overrides.make')} →
        </Link>
      )}
      {state === 'open' && byId === accountId && <p className="empty">{t('overrides.own')}</p>}
    </article>
  );
}

function SealFact({ request: { seal, recordedSeal } }: { readonly request: OverrideRequest }) {
  const { t } = useTexts();
  const intact = seal?.intact === true ? t('complete.intact_yes') : t('complete.intact_no');
  return (
    <>
      <Fact name={t('overrides.seal_seen')}>
        {seal?.number} · {intact}
      </Fact>
      <Fact name={t('overrides.seal_recorded')}>{recordedSeal ?? '—'}</Fact>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
