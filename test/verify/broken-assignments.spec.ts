import { history, type History } from './history.js';
import { at, type Fields } from './log-builder.js';
import { expectBroken, expectLegal } from './verdict.js';

type Told = [sentence: string, says: RegExp, tell: () => History];

const ready = (): History => history().ready('G1', 'O1');
const needs = (licence: string, certificates: string[] = []): Fields => ({ requirements: { licence, certificates } });
const needing = (licence: string, certificates: string[] = []): History =>
  history().arrive('G1', 'O1').check('G1').request('G1', needs(licence, certificates));
const clock = (fields: Fields): Fields => ({ clock: { continuousSeconds: 0, drivingSeconds24h: 0, ...fields } });
const override = (rule: string): Fields => ({ overrides: [{ rule, reason: 'flood', byId: 'lead-1' }] });
const back = (h: History): History =>
  h.goIn('G1', 'O1', 'R1').at('12:00').comeOut('G1', 'R1').check('G1').request('G1');

/** The passenger rules that many platforms apply to trucks. */
const strict = (): History =>
  history({
    hours: [
      { rule: 'continuous_driving', maxSeconds: 14400, restSeconds: 1200 },
      { rule: 'continuous_night_driving', maxSeconds: 7200, from: '22:00', to: '06:00', restSeconds: 1200 },
      { rule: 'driving_in_window', maxSeconds: 28800, windowSeconds: 86400 },
      { rule: 'no_driving_between', from: '02:00', to: '05:00' },
    ],
  }).ready('G1', 'O1');
const planned = (plannedStartAt: string, plannedReturnAt: string, fields: Fields = {}): Fields => ({
  plannedStartAt,
  plannedReturnAt,
  ...clock(fields),
});

describe('rule 7: nobody is assigned who is not allowed', () => {
  const broken: Told[] = [
    [
      'an outside driver into the zone',
      /O2 is assigned .* the truck goes into zone YW and he is outside/,
      () => ready().assign('G1', 'O2'),
    ],
    [
      'a driver of another zone into this one',
      /he is inside XS/,
      () => history().zone('XS').insider('R3', { insideZoneId: 'XS' }).ready('G1', 'O1').assign('G1', 'R3'),
    ],
    [
      'a driver who has changed sides',
      /he is outside/,
      () =>
        history()
          .event('driver.side_changed', 'driver/R1', { driverId: 'R1', insideZoneId: null })
          .ready('G1', 'O1')
          .assign('G1', 'R1'),
    ],
    [
      'a driver who was erased',
      /needs licence A2 and he holds none/,
      () =>
        history()
          .event('driver.erased', 'driver/R1', { driverId: 'R1', erasedAt: at('08:00'), reason: 'asked_for_it' })
          .ready('G1', 'O1')
          .assign('G1', 'R1'),
    ],
    [
      'a driver who has lost his licence',
      /R1 .*licence/,
      () =>
        history()
          .event('driver.changed', 'driver/R1', { driverId: 'R1', licences: ['C1'] })
          .ready('G1', 'O1')
          .assign('G1', 'R1'),
    ],
    [
      'an inside driver out of the zone',
      /out of zone YW and he is inside YW/,
      () => back(history()).assign('G1', 'R2'),
    ],
    [
      'another carrier’s driver out of the zone',
      /O3 .*no driver of carrier C1, is not named for the return and did not bring/,
      () => back(history().outsider('O3', { carrierId: 'C3' })).assign('G1', 'O3'),
    ],
    [
      'a driver without a carrier out of the zone',
      /did not bring/,
      () => back(history().outsider('O3', { carrierId: undefined })).assign('G1', 'O3'),
    ],
    [
      'an emergency driver whose standing has been recalled',
      /did not bring/,
      () =>
        back(
          history().outsider('O3', { carrierId: 'C3' }).grant('O3', 'emergency_team').recall('O3', 'emergency_team'),
        ).assign('G1', 'O3'),
    ],
    [
      'an emergency driver without the carrier’s consent',
      /without the consent of carrier C1/,
      () =>
        back(history().outsider('O3', { carrierId: 'C3' }).grant('O3', 'emergency_team'))
          .give('G1', 'O3')
          .start('G1', 'B1', { authorisation: { by: 'x', at: at('12:00') } }),
    ],
    [
      'a licence that does not cover the truck',
      /needs licence A2 and he holds B2/,
      () =>
        history()
          .insider('R3', { licences: ['B2'] })
          .ready('G1', 'O1')
          .assign('G1', 'R3'),
    ],
    [
      'A1 does not cover A2',
      /needs licence A2 and he holds A1/,
      () =>
        history()
          .insider('R3', { licences: ['A1'] })
          .ready('G1', 'O1')
          .assign('G1', 'R3'),
    ],
    ['a certificate that he never had', /his health is not valid/, () => needing('A2', ['health']).assign('G1', 'R1')],
    [
      'a certificate that runs out on the way',
      /his health is not valid from .* to/,
      () =>
        needing('A2', ['health'])
          .grant('R1', 'health', { validUntil: at('09:30') })
          .assign('G1', 'R1'),
    ],
    [
      'a certificate that is not valid yet',
      /his health is not valid/,
      () =>
        needing('A2', ['health'])
          .grant('R1', 'health', { validFrom: at('10:30') })
          .assign('G1', 'R1'),
    ],
    [
      'a qualification that the pack asks for and that has been recalled',
      /his professional_qualification is not valid/,
      () => history().recall('R1', 'professional_qualification').ready('G1', 'O1').assign('G1', 'R1'),
    ],
    [
      'a shift that has been ended',
      /he has no open shift/,
      () => history().endShift('R1').ready('G1', 'O1').assign('G1', 'R1'),
    ],
    [
      'a shift that is over at the planned start',
      /he has no open shift at 2026-03-02T20:30/,
      () => ready().assign('G1', 'R1', { plannedStartAt: at('20:30'), plannedReturnAt: at('21:00') }),
    ],
    [
      'more than four hours at a stretch',
      /driven 14401 s continuously/,
      () => ready().assign('G1', 'R1', planned(at('10:00'), at('11:00'), { continuousSeconds: 10801 })),
    ],
    [
      'more than eight hours in a day',
      /28801 s within 24 hours/,
      () => strict().assign('G1', 'R1', planned(at('10:00'), at('11:00'), { drivingSeconds24h: 25201 })),
    ],
    [
      'more than two hours at a stretch at night',
      /driven 7201 s continuously at night/,
      () => strict().assign('G1', 'R1', planned(at('13:30'), at('15:00'), { continuousNightSeconds: 3601 })),
    ],
    [
      'driving in the small hours',
      /he would drive between 02:00 and 05:00/,
      () => strict().assign('G1', 'R1', planned(at('17:30'), at('18:01'))),
    ],
    [
      'a side that is overridden',
      /overrides side, which can not be overridden/,
      () => ready().assign('G1', 'R1', override('side')),
    ],
    ['a licence that is overridden', /overrides licence/, () => ready().assign('G1', 'R1', override('licence'))],
    ['a custody that is overridden', /overrides custody/, () => ready().assign('G1', 'R1', override('custody'))],
    [
      'an override that the pack does not allow',
      /overrides hours/,
      () =>
        history({ overridable: ['shift'] })
          .ready('G1', 'O1')
          .assign('G1', 'R1', override('hours')),
    ],
    [
      'an override of something else',
      /he has no open shift/,
      () => history().endShift('R1').ready('G1', 'O1').assign('G1', 'R1', override('hours')),
    ],
  ];
  it.each(broken)('not %s', (_sentence, says, tell) => expectBroken(tell(), 7, says));

  const legal: [sentence: string, tell: () => History][] = [
    ['the carrier’s driver out of the zone', () => back(history()).assign('G1', 'O2')],
    [
      'the driver named for the return',
      () => {
        const h = history().outsider('O3', { carrierId: 'C3' }).goIn('G1', 'O1', 'R1').planReturn('G1', 'O3');
        return h.comeOut('G1', 'R1').check('G1').request('G1').assign('G1', 'O3');
      },
    ],
    [
      'the driver who brought it in',
      () => {
        const h = history().outsider('O3', { carrierId: 'C3' }).goIn('G1', 'O3', 'R1');
        return h.comeOut('G1', 'R1').check('G1').request('G1').assign('G1', 'O3');
      },
    ],
    [
      'an emergency driver with consent',
      () => back(history().outsider('O3', { carrierId: 'C3' }).grant('O3', 'emergency_team')).swap('G1', 'O3'),
    ],
    ['a higher licence', () => needing('B2').assign('G1', 'R1')],
    [
      'a certificate granted anew after a recall',
      () =>
        needing('A2', ['health']).grant('R1', 'health').recall('R1', 'health').grant('R1', 'health').assign('G1', 'R1'),
    ],
    [
      'an ended shift that is overridden',
      () => history().endShift('R1').ready('G1', 'O1').assign('G1', 'R1', override('shift')),
    ],
    [
      'hours that are overridden',
      () =>
        ready().assign('G1', 'R1', {
          ...planned(at('10:00'), at('11:00'), { continuousSeconds: 20000 }),
          ...override('hours'),
        }),
    ],
    ['a certificate that is overridden', () => needing('A2', ['health']).assign('G1', 'R1', override('credentials'))],
    [
      'exactly four hours',
      () => ready().assign('G1', 'R1', planned(at('10:00'), at('11:00'), { continuousSeconds: 10800 })),
    ],
    ['driving until the small hours begin', () => strict().assign('G1', 'R1', planned(at('17:00'), at('18:00')))],
    [
      'a start out of the zone in the small hours, of which no driving is planned',
      () => back(strict().depart('G1', 'turned_away')).assign('G1', 'O1', { plannedStartAt: at('19:00') }),
    ],
    [
      'a certificate recalled after the start of a swap that is recorded late',
      () =>
        needing('A2', ['health'])
          .grant('R1', 'health')
          .at('10:05')
          .recall('R1', 'health')
          .at('10:20')
          .offline('10:00', (h) => h.assign('G1', 'R1', { late: true })),
    ],
  ];
  it.each(legal)('but %s', (_sentence, tell) => expectLegal(tell()));
});
