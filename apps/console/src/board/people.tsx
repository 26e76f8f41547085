import { Plate } from '../frame/plate.js';
import { useTexts } from '../i18n/use-texts.js';
import { clockText } from './phases.js';
import type { Board } from './use-board.js';

/** Less than this is not enough for a usual round trip. */
const shortMinutes = 60;

type OnDuty = Board['driversOnDuty'][number];

/** Who is free first, and of those who may drive longest. */
function inOrder(drivers: readonly OnDuty[]): readonly OnDuty[] {
  const isBusy = ({ holdsPlate, liveHandoffId }: OnDuty): number =>
    Number(holdsPlate !== undefined || liveHandoffId !== undefined);
  return drivers.toSorted((one, other) => isBusy(one) - isBusy(other) || other.minutesLeft - one.minutesLeft);
}

/** Who is on duty and for how long, and who waits for his truck to come back. */
export function People({ board }: { readonly board: Board }) {
  const { t, timeOf } = useTexts();
  return (
    <div className="people">
      <section>
        <h2 id="on-duty" className="strip-title">
          {t('board.on_duty')} <span className="count">{board.driversOnDuty.length}</span>
        </h2>
        {board.driversOnDuty.length === 0 && <p className="empty">{t('board.nobody_on_duty')}</p>}
        <div className="driver-scroll" role="region" tabIndex={0} aria-labelledby="on-duty">
          <ul className="drivers">
            {inOrder(board.driversOnDuty).map(
              ({ driverId, licences, minutesLeft, shiftEndsAt, holdsPlate, liveHandoffId }) => (
                <li key={driverId} className="driver">
                  <span className="driver-name">
                    <strong>{driverId}</strong> <small>{licences.join(' ')}</small>
                  </span>
                  <span className={minutesLeft < shortMinutes ? 'clock clock-warning' : 'clock'}>
                    {minutesLeft < shortMinutes && <span aria-hidden="true">▲ </span>}
                    {t('board.hours_left', { clock: clockText(minutesLeft) })}
                  </span>
                  <small>
                    {holdsPlate === undefined ? (
                      liveHandoffId === undefined ? (
                        t('board.driver_free')
                      ) : (
                        t('board.driver_assigned')
                      )
                    ) : (
                      <>
                        {t('board.driver_drives')} <Plate plate={holdsPlate} />
                      </>
                    )}{' '}
                    · {t('board.shift_until', { time: timeOf(shiftEndsAt) })}
                  </small>
                </li>
              ),
            )}
          </ul>
        </div>
      </section>
      <section>
        <h2 id="outside" className="strip-title">
          {t('board.outside_drivers')} <span className="count">{board.outsideDrivers.length}</span>
        </h2>
        {board.outsideDrivers.length === 0 && <p className="empty">{t('board.none')}</p>}
        <div className="driver-scroll" role="region" tabIndex={0} aria-labelledby="outside">
          <ul className="drivers">
            {board.outsideDrivers.map(({ driverId, carrierId, holdsPlate }) => (
              <li key={driverId} className="driver">
                <strong className="driver-name">{driverId}</strong>
                <small>
                  {holdsPlate === undefined ? (
                    t('board.waits_here')
                  ) : (
                    <>
                      {t('board.with_truck')} <Plate plate={holdsPlate} />
                    </>
                  )}
                  {carrierId !== undefined && <> · {carrierId}</>}
                </small>
              </li>
            ))}
          </ul>
        </div>
      </section>
    </div>
  );
}
