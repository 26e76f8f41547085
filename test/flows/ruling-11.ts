import type { OpenTransport } from '../support/drained-transport.js';
import { drivingOf } from '../support/driving.js';
import { area, jindong, kaihua, openOtherArea, otherArea, zone } from '../support/network.js';
import { arrivalOf, idOf, passed } from '../support/relay.js';
import { type Body, RelayOverHttp } from '../support/relay-over-http.js';
import { brokenRules } from '../support/verified.js';

/** The ruling that takes two areas, whatever carries their events. */
export function ruling11(openTransport: OpenTransport): void {
  let relay: RelayOverHttp;

  beforeEach(async () => {
    relay = await RelayOverHttp.open(openTransport);
  });

  /** Whatever happened: the log keeps all ten rules, and the scheduler of his area sees every driver as the station has him. */
  afterEach(async () => {
    const broken = await brokenRules(relay.running);
    const { station, scheduler } = await drivingOf(relay.running);
    await relay.close();
    expect(broken).toEqual({});
    expect(scheduler).toEqual(station);
  });

  test('11. A driver lent: R1 goes from pool A to pool B serving the same zone: in A until B has him, in exactly one pool at every position', async () => {
    await openOtherArea(relay.running);
    await relay.enrol('R1');
    await relay.enrolOutside('O1', 'O2');
    const elsewhere = relay.http.as({ role: 'command_centre', areas: [otherArea] });
    const atKaihua = relay.http.as({ role: 'operator', stations: [kaihua] });
    const offer = { driverId: 'R1', fromAreaCode: area, toAreaCode: otherArea };
    expect((await relay.try(elsewhere, 'driver-loans', offer)).status).toBe(403);
    const loan = `driver-loans/${String((await relay.post(relay.commandCentre, 'driver-loans', offer)).loanId)}`;
    expect((await relay.try(relay.commandCentre, `${loan}/acceptance`)).status).toBe(403);
    await relay.post(elsewhere, `${loan}/acceptance`);

    await relay.arrive('here', 'G1', 'O1');
    const { handoffId: waiting } = await relay.check('here');
    expect(await relay.get(`handoffs/${waiting}/why-not`, relay.commandCentre)).toMatchObject({
      kind: 'withheld',
      reasons: [{ rule: 'lent', drivers: 1, driverIds: ['R1'] }],
      changes: [{ kind: 'end_loan', driverId: 'R1', areaCode: otherArea }],
    });
    expect(await relay.get(`areas/${area}/loan-preview?driverId=R1`, relay.commandCentre)).toMatchObject({
      effect: 'loses',
      waiting: 1,
      waitLonger: 0,
    });

    await relay.post(atKaihua, 'visits', arrivalOf('there', 'G2', 'O2', 'into_zone', kaihua));
    await relay.post(atKaihua, `visits/${idOf('there')}/checks`, { checks: passed });
    const facts = `driverId=R1&insideZoneId=${zone}&licences=A2&stationCode=${kaihua}`;
    expect(await relay.get(`areas/${otherArea}/loan-preview?${facts}`, elsewhere)).toMatchObject({
      effect: 'gains',
      waitShorter: 1,
      changes: [{ plate: 'G2', after: 'R1' }],
    });
    // The other area of a loan is told how many trucks, and not which.
    expect(await relay.get(`areas/${otherArea}/loan-preview?${facts}`, relay.commandCentre)).toMatchObject({
      waitShorter: 1,
      changes: [],
    });
    expect((await relay.try(relay.operator, `${loan}/arrival`, { stationCode: jindong })).status).toBe(404);
    await relay.post(atKaihua, `${loan}/arrival`, { stationCode: kaihua });
    const there = (await atKaihua.get(`/api/v1/visits/${idOf('there')}`)).body as Body;
    expect(there).toMatchObject({ handoffState: 'assigned', driverId: 'R1' });
    expect(await relay.visit('here')).toMatchObject({ handoffState: 'requested' });
    expect(await relay.get(`handoffs/${waiting}/candidates`, relay.commandCentre)).toMatchObject({
      blocked: [{ driverId: 'R1', blocks: [{ rule: 'lent', lentTo: otherArea }] }],
    });

    await relay.post(relay.commandCentre, `${loan}/return`);
    const early = await relay.try(relay.operator, `${loan}/homecoming`, { stationCode: jindong });
    expect(early).toMatchObject({ status: 409, body: { code: 'DRIVER.HAS_LIVE_ASSIGNMENT' } });
    await relay.post(atKaihua, `handoffs/${there.handoffId}/withdrawal`);
    expect((await relay.running.eventsOf('assignment.withheld')).at(-1)?.data.blockers).toEqual([
      { rule: 'lent', drivers: 1 },
    ]);
    await relay.post(atKaihua, `visits/${idOf('there')}/departure`, { outcome: 'turned_away', reasons: ['no_driver'] });
    await relay.post(relay.operator, `${loan}/homecoming`, { stationCode: jindong });
    expect(await relay.visit('here')).toMatchObject({ handoffState: 'assigned', driverId: 'R1' });
    expect(await relay.running.eventsOf('assignment.refused')).toEqual([]);
    expect((await relay.get('driver-loans?driverId=R1&state=returned')).items).toMatchObject([{ poolAreaCode: area }]);
  });
}
