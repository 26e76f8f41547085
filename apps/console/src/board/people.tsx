import { memo, useMemo } from 'react';
import { PlateOf } from '../frame/plate-of.js';
import { useTexts } from '../i18n/use-texts.js';
import { LongList } from './long-list.js';
import { OutsideDriver } from './outside-driver.js';
import { clockText } from './phases.js';
import type { Board } from './use-board.js';

/** Less than this is not enough for a usual round trip. */
const shortMinutes = 60;
const usualHeight = 58;
/** With what he is given. */
const outsideHeight = 124;
const gap = 6;

type OnDuty = Board['driversOnDuty'][number];

/** Who is free first, and of those who may drive longest. */
function inOrder(drivers: readonly OnDuty[]): readonly OnDuty[] {
  const isBusy = ({ holdsPlate, liveHandoffId }: OnDuty): number =>
    Number(holdsPlate !== undefined || liveHandoffId !== undefined);
  return drivers.toSorted((one, other) => isBusy(one) - isBusy(other) || other.minutesLeft - one.minutesLeft);
}

/** Who is on duty and for how long, and who waits for his truck to come back. */
export const People = memo(function People({
  driversOnDuty,
  outsideDrivers,
  stationCode,
  care,
}: Pick<Board, 'driversOnDuty' | 'outsideDrivers' | 'care'> & { readonly stationCode: string }) {
  const { t } = useTexts();
  const onDuty = useMemo(() => inOrder(driversOnDuty), [driversOnDuty]);
  return (
    <div className="people">
      <section>
        <h2 id="on-duty" className="strip-title">
          {t('board.on_duty')} <span className="count">{onDuty.length}</span>
        </h2>
        {onDuty.length === 0 && <p className="empty">{t('board.nobody_on_duty')}</p>}
        <LongList
          items={onDuty}
          keyOf={({ driverId }) => driverId}
          render={(driver) => <DriverOnDuty driver={driver} />}
          className="drivers"
          labelledBy="on-duty"
          {...{ usualHeight, gap }}
        />
      </section>
      <section>
        <h2 id="outside" className="strip-title">
          {t('board.outside_drivers')} <span className="count">{outsideDrivers.length}</span>
        </h2>
        <p className="care">
          {care.restPlaces > 0 && (
            <>
              {t('care.places')} <span className="count">{`${care.restPlacesTaken} / ${care.restPlaces}`}</span>{' '}
            </>
          )}
          {t('care.meals_of_shift')} <span className="count">{care.meals}</span>
        </p>
        {outsideDrivers.length === 0 && <p className="empty">{t('board.none')}</p>}
        <LongList
          items={outsideDrivers}
          keyOf={({ driverId }) => driverId}
          render={(driver) => <OutsideDriver driver={driver} stationCode={stationCode} care={care} />}
          className="drivers"
          labelledBy="outside"
          usualHeight={outsideHeight}
          gap={gap}
        />
      </section>
    </div>
  );
});

function DriverOnDuty({ driver }: { readonly driver: OnDuty }) {
  const { t, timeOf } = useTexts();
  const { driverId, licences, minutesLeft, shiftEndsAt, holdsPlate, liveHandoffId } = driver;
  return (
    <div className="driver">
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
            {t('board.driver_drives')} <PlateOf plate={holdsPlate} />
          </>
        )}{' '}
        · {t('board.shift_until', { time: timeOf(shiftEndsAt) })}
      </small>
    </div>
  );
}
