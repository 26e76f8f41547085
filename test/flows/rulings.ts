import { isEvent, type Party, type YizhanEvent } from '@yizhan/contracts';
import { drivingOf } from '../support/driving.js';
import { area, enterprise, jindong, pujiang, zone } from '../support/network.js';
import { completionOf, idOf, passed, truckOf } from '../support/relay.js';
import type { OpenTransport } from '../support/drained-transport.js';
import { RelayOverHttp } from '../support/relay-over-http.js';
import { brokenRules } from '../support/verified.js';

/** The rulings that one station and its scheduler can show, whatever carries their events. */
export function rulings(openTransport: OpenTransport): void {
  let relay: RelayOverHttp;

  const driver = (id: string) => ({ kind: 'driver', id }) as const;
  const atJindong = { kind: 'station', id: jindong } as const;
  const atEnterprise = { kind: 'enterprise', id: enterprise } as const;
  const failing = (failed: string, reason: string) =>
    passed.map(({ check }) => (check === failed ? { check, passed: false, reason } : { check, passed: true }));

  async function custodianOf(plate: string): Promise<unknown> {
    return (await relay.get(`trucks/${plate}`)).custodian;
  }

  beforeEach(async () => {
    relay = await RelayOverHttp.open(openTransport);
  });

  /** Whatever happened: the log keeps all ten rules, and the scheduler sees every driver as the station has him. */
  afterEach(async () => {
    const broken = await brokenRules(relay.running);
    const { station, scheduler } = await drivingOf(relay.running);
    await relay.close();
    expect(broken).toEqual({});
    expect(scheduler).toEqual(station);
  });

  test('1. Turned away: O1 brings G1, has no pass, leaves; custody ends at the gate; G1 comes back with O2: legal', async () => {
    await relay.enrol('R1');
    await relay.enrolOutside('O1', 'O2');
    await relay.arrive('first', 'G1', 'O1');
    await relay.check('first', failing('pass', 'no_pass'));
    expect(await custodianOf('G1')).toEqual(driver('O1'));
    await relay.depart('first', 'turned_away', { reasons: ['no_pass'] });
    expect(await custodianOf('G1')).toBeUndefined();
    await relay.arrive('second', 'G1', 'O2');
    await relay.arrive('other', 'G2', 'O1');
    expect(await relay.relay('second', 'O2')).toBe('R1');
  });

  test('2. Nobody there: G1 is parked, R1 is free for the next truck; O1 takes it from the station, the operator signing for the absent', async () => {
    await relay.enrol('R1');
    await relay.enrolOutside('O1');
    await relay.enrol('O2', { insideZoneId: null });
    await relay.sendIn('in', 'G1', 'O1');
    await relay.arrive('out', 'G1', 'R1', 'out_of_zone');
    await relay.check('out');
    const { handoffId, driverId } = await relay.visit('out');
    expect(driverId).toBe('O1');
    await relay.post(relay.operator, `handoffs/${handoffId}/no-show`);
    await relay.move('G1', driver('R1'), atJindong, jindong, 'nobody_there');
    expect(await custodianOf('G1')).toEqual(atJindong);
    expect(await relay.sendIn('next', 'G2', 'O2')).toBe('R1');

    const open = `exceptions?state=open&code=custody_parked`;
    expect(await relay.get(open)).toMatchObject({ items: [{ visitId: idOf('out'), owner: jindong }] });
    await relay.post(relay.operator, `handoffs/${handoffId}/assignment`, { driverId: 'O1' });
    await relay.accept('out');
    await relay.start('out');
    await relay.complete('out', atJindong);
    await relay.depart('out');
    const completed = (await relay.running.eventsOf('handoff.completed')).at(-1);
    expect(completed?.data).toMatchObject({ from: atJindong, toDriverId: 'O1' });
    expect(completed?.data.signatures).toContainEqual(
      expect.objectContaining({ role: 'offgoing', method: 'operator_for_absent' }),
    );
    expect(await relay.get(open)).toMatchObject({ items: [] });
  });

  test('3. Starts inside: a truck based in the zone goes out first: its enterprise hands it to a relay driver, the run is `out_first`', async () => {
    await relay.enrol('R1');
    await relay.enrolOutside('O1');
    const runId = idOf('run');
    const starts = {
      from: atEnterprise,
      to: driver('R1'),
      place: enterprise,
      reason: 'starts_inside',
      items: [{ code: 'keys', given: true }],
      run: { runId },
      truck: truckOf('Z1'),
    };
    await relay.post(relay.http.as({ role: 'enterprise', enterpriseId: enterprise }), 'trucks/Z1/custody', starts);
    expect(await custodianOf('Z1')).toEqual(driver('R1'));
    relay.pass(30);
    await relay.arrive('out', 'Z1', 'R1', 'out_of_zone');
    await relay.post(relay.operator, `runs/${runId}/return-plan`, { returnDriverId: 'O1', wait: 'station' });
    expect(await relay.relay('out', 'R1')).toBe('O1');
    expect(await custodianOf('Z1')).toBeUndefined();
    expect(await relay.get(`runs/${runId}`)).toMatchObject({ direction: 'out_first', state: 'open' });
    relay.pass(120);
    await relay.arrive('back', 'Z1', 'O1');
    expect(await relay.relay('back', 'O1')).toBe('R1');
    expect(await relay.get(`runs/${runId}`)).toMatchObject({ state: 'closed', how: 'returned' });
    expect(await relay.running.eventsOf('run.opened')).toHaveLength(1);
  });

  test('6. Seal differs in the bay: aborted (the bay is free, the driver too), held, checked again, and a new handoff is requested', async () => {
    await relay.enrol('R1');
    await relay.enrolOutside('O1', 'O2');
    await relay.arrive('in', 'G1', 'O1');
    await relay.check('in', passed, 'S1');
    await relay.accept('in');
    await relay.start('in', '1');
    const { handoffId, driverId } = await relay.visit('in');
    const seal = { number: 'S2', intact: true };
    const completion = { ...completionOf('O1', String(driverId), relay.running.clock.now()), seal };
    expect(await relay.try(relay.operator, `handoffs/${handoffId}/completion`, completion)).toMatchObject({
      status: 409,
      body: { code: 'SEAL.DIFFERS', recorded: 'S1', seen: 'S2' },
    });
    const abortion = { reason: 'seal_mismatch', seal };
    expect(await relay.post(relay.operator, `handoffs/${handoffId}/abortion`, abortion)).toMatchObject({
      handoffState: 'aborted',
      held: true,
    });
    expect(await relay.visit('in')).toMatchObject({ holdReasons: ['seal_mismatch'] });
    const open = 'exceptions?state=open&code=seal_mismatch';
    expect(await relay.get(open)).toMatchObject({ items: [{ visitId: idOf('in') }] });

    await relay.arrive('other', 'G2', 'O2');
    await relay.check('other');
    expect(await relay.accept('other')).toBe('R1');
    await relay.start('other', '1');
    await relay.complete('other', 'O2');
    await relay.depart('other');

    await relay.enrol('R2');
    expect(await relay.check('in', passed, 'S2')).toMatchObject({ held: false, handoffState: 'requested' });
    expect(await relay.get(open)).toMatchObject({ items: [] });
    const again = await relay.visit('in');
    expect(again).toMatchObject({ handoffId: expect.not.stringMatching(String(handoffId)) as unknown, driverId: 'R2' });
    await relay.accept('in');
    await relay.start('in', '1');
    expect(await relay.complete('in', 'O1', seal)).toMatchObject({ handoffState: 'completed' });
    await relay.depart('in');
  });

  test('7. The driver’s shift ends in the zone: he keeps the truck until he hands it over; an exception runs; his hours run on; he gets nothing new', async () => {
    await relay.enrol('R1');
    await relay.enrolOutside('O1');
    await relay.enrol('O2', { insideZoneId: null });
    await relay.sendIn('in', 'G1', 'O1');
    await relay.post(relay.driver('R1'), 'drivers/R1/shift-end');
    const open = 'exceptions?state=open&code=shift_over_in_zone';
    expect(await relay.get(open)).toMatchObject({ items: [{ runId: idOf('run of G1'), owner: jindong }] });
    const { drivingSince } = await relay.get('drivers/R1');
    expect(drivingSince).toBeDefined();

    await relay.arrive('next', 'G2', 'O2');
    const { handoffId } = await relay.check('next');
    const why = `handoffs/${handoffId}/why-not`;
    expect(await relay.get(why)).toMatchObject({ kind: 'withheld', reasons: [{ rule: 'busy', driverIds: ['R1'] }] });
    const byHand = await relay.try(relay.operator, `handoffs/${handoffId}/assignment`, { driverId: 'R1' });
    expect(byHand).toMatchObject({ status: 409, body: { code: 'DRIVER.NOT_ELIGIBLE', rule: 'shift' } });
    expect(await relay.get('drivers/R1')).toMatchObject({ holdsPlate: 'G1', drivingSince });

    await relay.arrive('out', 'G1', 'R1', 'out_of_zone');
    expect(await relay.relay('out', 'R1')).toBe('O1');
    expect(await relay.get(open)).toMatchObject({ items: [] });
    expect(await relay.visit('next')).toMatchObject({ handoffState: 'requested' });
    expect(await relay.get(why)).toMatchObject({ kind: 'withheld', reasons: [{ rule: 'shift', driverIds: ['R1'] }] });

    const arrived = (await relay.running.eventsOf('visit.arrived')).at(-1);
    const drivenSeconds = (Date.parse(arrived?.time ?? '') - Date.parse(String(drivingSince))) / 1000;
    await relay.startShift('R1');
    const assigned = (await relay.running.eventsOf('handoff.assigned')).at(-1);
    expect(assigned?.data).toMatchObject({
      handoffId,
      driverId: 'R1',
      clock: { continuousSeconds: drivenSeconds, drivingSeconds24h: drivenSeconds },
    });
  });

  test('9. Zone lifted: open runs are listed; the original drivers take their trucks; runs close `zone_lifted`', async () => {
    await relay.enrol('R1');
    await relay.enrol('R2');
    await relay.enrolOutside('O1', 'O2');
    const trucks = [
      { plate: 'G1', brings: 'O1', relays: await relay.sendIn('in 1', 'G1', 'O1') },
      { plate: 'G2', brings: 'O2', relays: await relay.sendIn('in 2', 'G2', 'O2') },
    ];
    const runs = trucks.map(({ plate, relays }) => ({ runId: idOf(`run of ${plate}`), plate, driverId: relays }));
    const early = await relay.try(relay.operator, `runs/${runs[0].runId}/closure`, { how: 'zone_lifted' });
    expect(early).toMatchObject({ status: 409, body: { code: 'ZONE.STILL_ACTIVE' } });
    const { openRuns } = await relay.post(relay.commandCentre, `zones/${zone}/lifting`);
    expect(openRuns).toHaveLength(2);
    expect(openRuns).toEqual(expect.arrayContaining(runs));
    expect((await relay.get('runs?state=open')).items).toHaveLength(2);
    for (const { plate, brings, relays } of trucks) {
      await relay.move(plate, driver(relays), driver(brings), enterprise, 'zone_lifted');
      const closure = await relay.post(relay.operator, `runs/${idOf(`run of ${plate}`)}/closure`, {
        how: 'zone_lifted',
      });
      expect(closure).toMatchObject({ state: 'closed', how: 'zone_lifted' });
      expect(await custodianOf(plate)).toBeUndefined();
    }
    expect((await relay.get('runs?state=open')).items).toEqual([]);
  });

  test('12. Taken back: an arrival typed for the wrong truck is retracted before anything depended on it; after the swap it can only be compensated', async () => {
    await relay.enrol('R1');
    await relay.enrolOutside('O1', 'O2');
    const takeBack = (visit: string) =>
      relay.try(relay.operator, `visits/${idOf(visit)}/retraction`, { reason: 'did_not_occur' });
    await relay.arrive('wrong', 'G1', 'O1');
    expect(await takeBack('wrong')).toMatchObject({ status: 200, body: { state: 'retracted', allowedSteps: [] } });
    expect(await custodianOf('G1')).toBeUndefined();
    const history = await relay.history('wrong');
    expect(history.map(({ type }) => type)).toEqual(['yizhan.visit.arrived.v1', 'yizhan.record.retracted.v1']);
    expect(history[1]?.data).toMatchObject({ retractedEventId: history[0]?.id, reason: 'did_not_occur' });
    await relay.arrive('elsewhere', 'G1', 'O2', 'into_zone', pujiang);

    await relay.arrive('right', 'G2', 'O1');
    await relay.check('right');
    await relay.accept('right');
    await relay.start('right');
    await relay.complete('right', 'O1');
    expect(await takeBack('right')).toMatchObject({ status: 409, body: { code: 'VISIT.SWAP_IS_MADE' } });
    await relay.move('G2', driver('R1'), driver('O1'), jindong, 'handed_back');
    await relay.depart('right', 'turned_away');
    expect(await custodianOf('G2')).toBeUndefined();
  });

  test('13. Two stations: a run goes in through Jindong and comes back through Pujiang: one area, one order, one custody chain', async () => {
    await relay.enrol('R1');
    await relay.enrolOutside('O1');
    const ofJindong = relay.http.as({ role: 'operator', stations: [jindong] });
    await relay.sendIn('in', 'G1', 'O1');
    await relay.arrive('out', 'G1', 'R1', 'out_of_zone', pujiang);
    const elsewhere = await relay.try(ofJindong, `visits/${idOf('out')}/checks`, { checks: passed });
    expect(elsewhere.status).toBe(403);
    await relay.relay('out', 'R1');
    const back = (await relay.history('out')).map(({ type }) => type.slice(7, -3));
    expect(back.filter((name) => !name.startsWith('assignment.'))).toEqual([
      'visit.arrived',
      'run.closed',
      'visit.checked',
      'handoff.requested',
      'handoff.assigned',
      'handoff.accepted',
      'handoff.started',
      'handoff.completed',
      'cargo.released',
      'visit.departed',
    ]);
    const events = await relay.running.events();
    expect(new Set(events.map(({ partitionkey }) => partitionkey))).toEqual(new Set([area]));
    expect(events.map(({ previous }) => Number(previous))).toEqual(events.map((_event, index) => index));
    expect(events.flatMap(custodyOf)).toEqual([
      [jindong, 'arrived', driver('O1')],
      [jindong, driver('O1'), 'R1'],
      [jindong, 'departed', driver('R1')],
      [pujiang, 'arrived', driver('R1')],
      [pujiang, driver('R1'), 'O1'],
      [pujiang, 'departed', driver('O1')],
    ]);
    expect(await relay.get(`runs/${idOf('run of G1')}`)).toMatchObject({
      state: 'closed',
      intoZoneVisitId: idOf('in'),
      outOfZoneVisitId: idOf('out'),
    });
  });

  /** What an event says of who has the truck. */
  function custodyOf(event: YizhanEvent): [station: string, from: Party | string, to: Party | string][] {
    if (isEvent(event, 'visit.arrived')) return [[event.data.stationCode, 'arrived', event.data.custodian]];
    if (isEvent(event, 'visit.departed')) return [[event.data.stationCode, 'departed', event.data.custodian]];
    if (isEvent(event, 'handoff.completed')) return [[event.data.stationCode, event.data.from, event.data.toDriverId]];
    return [];
  }

  test('15. Waits: no driver with licence A2 is on duty: the handoff says so (`assignment.withheld`), and the console says what would free it', async () => {
    await relay.enrol('R1', { onShift: false });
    await relay.enrol('R2', { licences: ['B2'] });
    await relay.enrolOutside('O1');
    await relay.arrive('in', 'G1', 'O1');
    const { handoffId } = await relay.check('in');
    const [withheld] = await relay.running.eventsOf('assignment.withheld');
    expect(withheld?.data).toMatchObject({
      handoffId,
      blockers: expect.arrayContaining([
        { rule: 'licence', drivers: 1 },
        { rule: 'shift', drivers: 1 },
      ]) as unknown,
    });
    expect(await relay.get(`handoffs/${handoffId}/why-not`, relay.commandCentre)).toMatchObject({
      kind: 'withheld',
      eligible: 0,
      reasons: expect.arrayContaining([
        { rule: 'licence', drivers: 1, driverIds: ['R2'] },
        { rule: 'shift', drivers: 1, driverIds: ['R1'] },
      ]) as unknown,
      changes: [{ kind: 'start_shift', driverId: 'R1' }],
    });
    expect(await relay.get(`handoffs/${handoffId}/candidates`)).toMatchObject({
      eligible: 0,
      blocked: [
        { driverId: 'R1', blocks: [{ rule: 'shift', overridable: 'shift' }] },
        { driverId: 'R2', blocks: [{ rule: 'licence' }] },
      ],
      changes: [{ kind: 'start_shift', driverId: 'R1' }],
    });
    await relay.startShift('R1');
    expect(await relay.visit('in')).toMatchObject({ handoffState: 'assigned', driverId: 'R1' });
  });
}
