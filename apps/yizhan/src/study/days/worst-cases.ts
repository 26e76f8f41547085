import { hour } from '../../replay/passages/local-time.js';
import { simulatedDay } from './simulated-day.js';
import { faithful, type StudyDay, type StudyTruck } from './study-day.js';

/** Days on which matching has the hardest time, by name. Each is made up, and small enough to be played in a moment. */
export const worstCases: Readonly<Record<string, () => StudyDay>> = {
  'no driver at all': () => ({ ...base('none'), drivers: [] }),
  'one station with all trucks': () => {
    const day = base('one-station');
    const [station] = day.stations;
    return { ...day, trucks: day.trucks.map((truck) => at(truck, station?.code ?? truck.stationCode)) };
  },
  'twice as many trucks as drivers, all at once': () => {
    const day = base('twice');
    return { ...allAtOnce(day), drivers: onOneShift(day).slice(0, day.trucks.length / 2) };
  },
  'equal costs everywhere': () => {
    const day = allAtOnce(base('equal'));
    const [station] = day.stations;
    const code = station?.code ?? '';
    const { trucks } = day;
    const truck = { ...trucks[0].truck, licenceRequired: 'C1' as const };
    return {
      ...day,
      trucks: trucks.map((each) => ({
        ...at(each, code),
        priority: 0,
        takes: trucks[0].takes,
        truck: { ...truck, plate: each.truck.plate },
      })),
      drivers: onOneShift(day).map((driver) => ({ ...driver, licence: 'C1' as const, stationCode: code })),
    };
  },
};

const trucksOfACase = 300;

function base(name: string): StudyDay {
  return simulatedDay(`worst/${name}`, {
    trucks: trucksOfACase,
    drivers: trucksOfACase,
    policy: 'cn-freight',
    rates: faithful,
    recalls: 0,
  });
}

function at(truck: StudyTruck, stationCode: string): StudyTruck {
  return { ...truck, stationCode, returnStationCode: stationCode };
}

/** Every truck comes at nine in the morning. */
function allAtOnce(day: StudyDay): StudyDay {
  const arrivesAt = day.startsAt + 9 * hour;
  return { ...day, trucks: day.trucks.map((truck) => ({ ...truck, arrivesAt })) };
}

/** All drivers work from eight to eighteen o'clock. */
function onOneShift({ drivers, startsAt }: StudyDay): StudyDay['drivers'] {
  const shifts = [{ from: startsAt + 8 * hour, to: startsAt + 18 * hour }];
  return drivers.map((driver) => ({ ...driver, shifts }));
}
