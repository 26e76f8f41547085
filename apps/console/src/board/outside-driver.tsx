import { Alert, Button } from 'antd';
import { useChange } from '../api/use-change.js';
import { yizhan } from '../api/yizhan.js';
import { PlateOf } from '../frame/plate-of.js';
import { useTexts } from '../i18n/use-texts.js';
import { Name } from '../names/name.js';
import type { Board } from './use-board.js';

type Outside = Board['outsideDrivers'][number];
type Act = 'take' | 'give_back' | 'meal' | 'meal_back';

/** Who waits for his truck to come back, and what the station gives him meanwhile: a place to rest, and meals. */
export function OutsideDriver({
  driver,
  stationCode,
  care: { restPlaces, restPlacesTaken },
}: {
  readonly driver: Outside;
  readonly stationCode: string;
  readonly care: Board['care'];
}) {
  const { t, problem, timeOf } = useTexts();
  const { driverId, carrierId, holdsPlate, restSince, meals, lastMealId } = driver;
  const give = useChange(async (act: Act, headers) => {
    const path = { stationCode, driverId };
    if (act === 'take') await yizhan.waitingDrivers.takeRestPlace({ path, headers });
    else if (act === 'give_back') await yizhan.waitingDrivers.returnRestPlace({ path, headers });
    else if (act === 'meal') await yizhan.waitingDrivers.giveMeal({ path, headers });
    else if (lastMealId !== undefined)
      await yizhan.waitingDrivers.takeBackMeal({ path: { stationCode, mealId: lastMealId }, headers });
  });
  const button = (act: Act, text: string, label: string, isOff = false) => (
    <Button
      aria-label={label}
      disabled={isOff || give.isPending}
      loading={give.isPending && give.variables === act}
      onClick={() => give.mutate(act)}
    >
      {text}
    </Button>
  );
  return (
    <div className="driver">
      {/* By his truck he is known here: his id says nothing to anybody, and his name is not for lists. */}
      <strong className="driver-name">{holdsPlate === undefined ? driverId : <PlateOf plate={holdsPlate} />}</strong>
      <small>
        {holdsPlate === undefined ? t('board.waits_here') : t('board.with_truck', { driver: driverId })}
        {carrierId !== undefined && (
          <>
            {' '}
            · <Name kind="carrier" id={carrierId} />
          </>
        )}
        {restSince !== undefined && <> · {t('care.rests', { time: timeOf(restSince) })}</>}
        {meals > 0 && <> · {t('care.meals', { count: meals })}</>}
      </small>
      <div className="care-acts">
        {restSince !== undefined &&
          button('give_back', t('care.give_back'), t('care.give_back_for', { driver: driverId }))}
        {restSince === undefined &&
          restPlaces > 0 &&
          button('take', t('care.take'), t('care.take_for', { driver: driverId }), restPlacesTaken >= restPlaces)}
        {button('meal', t('care.meal'), t('care.meal_for', { driver: driverId }))}
        {lastMealId !== undefined &&
          button('meal_back', t('care.meal_back'), t('care.meal_back_for', { driver: driverId }))}
      </div>
      {give.error && <Alert role="alert" type="error" showIcon title={problem(give.error)} />}
    </div>
  );
}
