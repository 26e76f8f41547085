import { Alert, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { clockText, minutesSince } from '../board/phases.js';
import type { Board } from '../board/use-board.js';
import { Plate } from '../frame/plate.js';
import { Choices } from '../handoff/steps/step-props.js';
import { useTexts } from '../i18n/use-texts.js';
import { useName } from '../names/use-names.js';
import type { OpenException } from './use-exceptions.js';

/** How exceptions end, as far as people end them. */
const resolutions = ['dealt_with', 'driver_found', 'turned_away', 'false_alarm', 'other'] as const;

type Act = { readonly what: 'acknowledge' } | { readonly what: 'resolve'; readonly resolution: string };

/** One exception, and what the one who sees it may do. */
export function ExceptionCard({
  exception,
  plated,
  now,
}: {
  readonly exception: OpenException;
  /** Its truck, where that is on the board. */
  readonly plated: Pick<Board['visits'][number], 'plate' | 'plateColour'> | undefined;
  readonly now: number;
}) {
  const { t, codeText, problem, timeOf } = useTexts();
  const { exceptionId, code, role, personId, openedAt, dueAt, acknowledgedBy, visitId, driverId, allowedSteps } =
    exception;
  const driver = useName('driver', driverId);
  const [isResolving, setResolving] = useState(false);
  const [resolution, setResolution] = useState<string>();
  const change = useChange(
    async (act: Act, headers) => {
      const path = { exceptionId };
      if (act.what === 'acknowledge') await yizhan.exceptions.acknowledge({ path, headers });
      else await yizhan.exceptions.resolve({ path, headers, body: { resolution: act.resolution } });
    },
    () => setResolving(false),
  );
  const isLate = dueAt !== undefined && Date.parse(dueAt) <= now;
  return (
    <>
      <h2>{codeText('exception_code', code)}</h2>
      <p>
        {t('exceptions.since', { clock: clockText(minutesSince(openedAt, now)) })} · {codeText('role', role)}
        {personId !== undefined && <> {personId}</>}
        {dueAt !== undefined && (
          <span className={isLate ? 'badge badge-held' : 'badge'}>
            {isLate ? '! ' : ''}
            {t('exceptions.due', { time: timeOf(dueAt) })}
          </span>
        )}
      </p>
      <p>
        {visitId !== undefined && (
          <Link to={`/truck/${visitId}`}>
            {plated && <Plate plate={plated.plate} colour={plated.plateColour} />} {t('exceptions.truck')}
          </Link>
        )}
        {driverId !== undefined && <> {t('exceptions.driver', { driver })}</>}
        {acknowledgedBy !== undefined && <> ✓ {t('exceptions.acknowledged', { person: acknowledgedBy })}</>}
      </p>
      {change.error && <Alert role="alert" type="error" showIcon title={problem(change.error)} />}
      {isResolving ? (
        <>
          <Choices
            label={t('exceptions.how')}
            value={resolution}
            onChange={setResolution}
            options={resolutions.map((value) => ({ value, label: codeText('resolution', value) }))}
          />
          <div className="exception-acts">
            <Button
              type="primary"
              size="large"
              className="big-button"
              disabled={resolution === undefined}
              loading={change.isPending}
              onClick={() => {
                if (resolution !== undefined) change.mutate({ what: 'resolve', resolution });
              }}
            >
              {t('exceptions.resolve')}
            </Button>
            <Button size="large" className="big-button" onClick={() => setResolving(false)}>
              {t('guide.back')}
            </Button>
          </div>
        </>
      ) : (
        <div className="exception-acts">
          {allowedSteps.includes('acknowledge') && acknowledgedBy === undefined && (
            <Button
              type="primary"
              size="large"
              className="big-button"
              loading={change.isPending}
              onClick={() => change.mutate({ what: 'acknowledge' })}
            >
              {t('exceptions.acknowledge')}
            </Button>
          )}
          {allowedSteps.includes('resolve') && (
            <Button size="large" className="big-button" onClick={() => setResolving(true)}>
              {t('exceptions.resolve')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
