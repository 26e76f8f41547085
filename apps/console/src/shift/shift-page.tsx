import { Alert, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { PlateOf } from '../frame/plate-of.js';
import { useTitle } from '../frame/use-title.js';
import { useTexts } from '../i18n/use-texts.js';
import './shift.css';
import { RestPlaces } from './rest-places.js';
import { ShiftSigning } from './shift-signing.js';
import { type Shift, useShift } from './use-shift.js';

type Picture = Shift['picture'];

/** The briefing of a shift: what has happened since the last one, what is open, and the two signatures. */
export function ShiftPage() {
  const { t, problem, dateTimeOf } = useTexts();
  const { stationCode = '' } = useParams();
  const { data: shift, error } = useShift(stationCode);
  useTitle(t('shift.title'));
  return (
    <div className="shift">
      <Link to={`/station/${stationCode}`}>← {t('truck.to_board')}</Link>
      <h1>{t('shift.title')}</h1>
      {error && <Alert type="error" showIcon title={problem(error)} />}
      {!shift && !error && <Skeleton active />}
      {shift && (
        <>
          <p>{t('shift.between', { since: dateTimeOf(shift.picture.since), until: dateTimeOf(shift.picture.asOf) })}</p>
          <ShiftSigning stationCode={stationCode} shift={shift} />
          <Changes changes={shift.picture.changes} care={shift.picture.care} />
          <RestPlaces
            key={shift.picture.care?.restPlaces}
            stationCode={stationCode}
            role={shift.caller.role}
            restPlaces={shift.picture.care?.restPlaces ?? 0}
          />
          <div className="shift-grid">
            <OpenTrucks trucks={shift.picture.openTrucks} />
            <Limits drivers={shift.picture.driversNearLimits} />
            <Runs runs={shift.picture.openRuns} />
            <Exceptions exceptions={shift.picture.openExceptions} />
          </div>
        </>
      )}
    </div>
  );
}

function Changes({ changes, care }: Pick<Picture, 'changes'> & { readonly care: Picture['care'] }) {
  const { t } = useTexts();
  const figures = [
    [t('shift.arrived'), changes.arrived],
    [t('shift.swaps'), changes.swaps],
    [t('shift.departed'), changes.departed],
    [t('shift.turned_away'), changes.turnedAway],
    [t('shift.runs_opened'), changes.runsOpened],
    [t('shift.runs_returned'), changes.runsReturned],
    [t('shift.exceptions_opened'), changes.exceptionsOpened],
    [t('shift.exceptions_resolved'), changes.exceptionsResolved],
    ...(care
      ? ([
          [t('care.places'), `${care.restPlacesTaken} / ${care.restPlaces}`],
          [t('care.meals_of_shift'), care.meals],
        ] as const)
      : []),
  ] as const;
  return (
    <dl className="shift-figures" aria-label={t('shift.changes')}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A list of the briefing, which says where it is empty. */
function Listed({
  title,
  count,
  children,
}: {
  readonly title: string;
  readonly count: number;
  readonly children: React.ReactNode;
}) {
  const { t } = useTexts();
  return (
    <section className="panel">
      <h2>
        {title} <span className="count">{count}</span>
      </h2>
      {count === 0 ? (
        <p className="empty">{t('board.none')}</p>
      ) : (
        // What scrolls must be reached by keyboard.
        <div className="shift-list-place" role="region" aria-label={title} tabIndex={0}>
          <ul className="shift-list">{children}</ul>
        </div>
      )}
    </section>
  );
}

function OpenTrucks({ trucks }: { readonly trucks: Picture['openTrucks'] }) {
  const { t, codeText, timeOf } = useTexts();
  return (
    <Listed title={t('shift.open_trucks')} count={trucks.length}>
      {trucks.map(({ visitId, plate, arrivedAt, state, driverId, held, holdReasons }) => (
        <li key={visitId}>
          <Link to={`/truck/${visitId}`}>
            <PlateOf plate={plate} />
          </Link>
          <span>
            {t('shift.since', { time: timeOf(arrivedAt) })} · {codeText('shift_state', state)}
            {driverId !== undefined && ` · ${driverId}`}
          </span>
          {held && (
            <span className="badge badge-held">
              ! {t('board.held')} {holdReasons.map((reason) => codeText('reason', reason)).join(' · ')}
            </span>
          )}
        </li>
      ))}
    </Listed>
  );
}

function Limits({ drivers }: { readonly drivers: Picture['driversNearLimits'] }) {
  const { t, codeText, timeOf } = useTexts();
  return (
    <Listed title={t('shift.near_limits')} count={drivers.length}>
      {drivers.map(({ driverId, reason, shiftEndsAt, until, holdsPlate }) => (
        <li key={driverId}>
          <strong>{driverId}</strong>
          <span>
            {codeText('limit', reason)} · {t('board.shift_until', { time: timeOf(shiftEndsAt) })}
            {until !== undefined && ` · ${t('shift.again', { time: timeOf(until) })}`}
          </span>
          {holdsPlate !== undefined && <PlateOf plate={holdsPlate} />}
        </li>
      ))}
    </Listed>
  );
}

function Runs({ runs }: { readonly runs: Picture['openRuns'] }) {
  const { t, timeOf } = useTexts();
  return (
    <Listed title={t('shift.open_runs')} count={runs.length}>
      {runs.map(({ runId, plate, driverId, dueBackAt, overdue }) => (
        <li key={runId}>
          <PlateOf plate={plate} />
          <span>
            {driverId}
            {dueBackAt !== undefined && ` · ${t('shift.due_back', { time: timeOf(dueBackAt) })}`}
          </span>
          {overdue && <span className="badge badge-held">! {t('shift.overdue')}</span>}
        </li>
      ))}
    </Listed>
  );
}

function Exceptions({ exceptions }: { readonly exceptions: Picture['openExceptions'] }) {
  const { t, codeText, timeOf } = useTexts();
  return (
    <Listed title={t('exceptions.title')} count={exceptions.length}>
      {exceptions.map(({ exceptionId, code, openedAt, plate }) => (
        <li key={exceptionId}>
          {plate !== undefined && <PlateOf plate={plate} />}
          <span>
            {codeText('exception_code', code)} · {t('shift.since', { time: timeOf(openedAt) })}
          </span>
        </li>
      ))}
    </Listed>
  );
}
