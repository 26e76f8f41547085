import { Plate } from '../frame/plate.js';
import { useTexts } from '../i18n/use-texts.js';
import { clockText } from './phases.js';
import type { Board } from './use-board.js';

/** Less than this is not enough for a usual round trip. */
const shortMinutes = 60;

/** Who is on duty and for how long, and who waits for his truck to come back. */
export function People({ board }: { readonly board: Board }) {
  const { t, timeOf } = useTexts();
  return (
    <div className="people">
      <section aria-labelledby="on-duty">
        <h2 id="on-duty" className="strip-title">
          {t('board.on_duty')} <span className="count">{board.driversOnDuty.length}</span>
        </h2>
        {board.driversOnDuty.length === 0 && <p className="empty">{t('board.nobody_on_duty')}</p>}
        <ul className="drivers">
          {board.driversOnDuty.map(({ driverId, licences, minutesLeft, shiftEndsAt, holdsPlate, liveHandoffId }) => (
            <li key={driverId} className="driver">
              <strong>{driverId}</strong> <small>{licences.join(' ')}</small>
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
          ))}
        </ul>
      </section>
      <section aria-labelledby="outside">
        <h2 id="outside" className="strip-title">
          {t('board.outside_drivers')} <span className="count">{board.outsideDrivers.length}</span>
        </h2>
        {board.outsideDrivers.length === 0 && <p className="empty">{t('board.none')}</p>}
        <ul className="drivers">
          {board.outsideDrivers.map(({ driverId, carrierId, holdsPlate }) => (
            <li key={driverId} className="driver">
              <strong>{driverId}</strong> <small>{carrierId}</small>
              <small>
                {holdsPlate === undefined ? (
                  t('board.waits_here')
                ) : (
                  <>
                    {t('board.with_truck')} <Plate plate={holdsPlate} />
                  </>
                )}
              </small>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
