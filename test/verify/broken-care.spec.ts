import { history, type History } from './history.js';
import { expectBroken, expectLegal } from './verdict.js';

const tell = (h: History, what: string, more: Record<string, unknown> = {}, driverId = 'O1'): History =>
  h.event(`driver.${what}`, `driver/${driverId}`, { driverId, stationCode: 'JD', ...more });
const here = (): History => history();
const meal = { mealId: 'm1' };

describe('rule 10: what a driver who waits gives back was his, once', () => {
  it('is legal so', async () => {
    const rested = tell(tell(here(), 'rest_place_taken'), 'rest_place_returned');
    await expectLegal(tell(tell(rested, 'meal_given', meal), 'meal_taken_back', meal));
    // He left without giving it back, and is here again.
    await expectLegal(tell(tell(here(), 'rest_place_taken'), 'rest_place_taken'));
  });

  const broken: [sentence: string, says: RegExp, tell: () => History][] = [
    ['a place that he never took', /has not taken/, () => tell(here(), 'rest_place_returned')],
    [
      'a place of another station',
      /of PJ back/,
      () => tell(tell(here(), 'rest_place_taken'), 'rest_place_returned', { stationCode: 'PJ' }),
    ],
    ['a meal that was never given', /was not given it/, () => tell(here(), 'meal_taken_back', meal)],
    ['a meal twice', /given twice/, () => tell(tell(here(), 'meal_given', meal), 'meal_given', meal)],
    [
      'a meal twice back',
      /was not given it/,
      () => tell(tell(tell(here(), 'meal_given', meal), 'meal_taken_back', meal), 'meal_taken_back', meal),
    ],
  ];
  it.each(broken)('%s', (_sentence, says, told) => expectBroken(told(), 10, says));
});
