import { Problem } from '@yizhan/kernel';
import { ExceptionsSeen } from '../../../../test/support/exceptions-seen.js';
import { jindong, openNetwork, outsideDriver, relayDriver } from '../../../../test/support/network.js';
import { failed, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { DeclineAssignment } from '../handoffs/decline-assignment.js';
import { ReportNoShow } from '../handoffs/report-no-show.js';
import { CloseStation } from '../network/stations/close-station.js';
import { ReopenStation } from '../network/stations/reopen-station.js';
import { ResumeStation } from '../network/stations/resume-station.js';
import { SuspendStation } from '../network/stations/suspend-station.js';
import { Timers } from '../timers/timers.js';
import { ResolveException } from './resolve-exception.js';

const minute = 60_000;
const byId = 'operator:lin';

let station: RunningStation;
let relay: Relay;
let exceptions: ExceptionsSeen;

beforeEach(async () => {
  station = await startStation({ poolSize: 12 });
  await openNetwork(station);
  relay = new Relay(station);
  exceptions = new ExceptionsSeen(station);
  for (const driver of ['O1', 'O2']) await outsideDriver(station, driver);
  for (const driver of ['R1', 'R2']) await relayDriver(station, driver);
});

afterEach(async () => {
  await exceptions.assertInOrder();
  await station.close();
});

describe('no driver in time', () => {
  it('is opened half an hour after the truck is ready, rises to the command centre, and ends when there is a driver', async () => {
    await relay.arrive('in', 'G1', 'O1');
    await relay.check('in');
    await exceptions.wait(29);
    expect(await exceptions.all()).toEqual([]);
    await exceptions.wait(1);
    expect(await exceptions.openings()).toEqual(['00:32 no_driver']);
    await exceptions.wait(120);
    expect(await exceptions.escalations('no_driver')).toEqual(['00:47 JD 1 until 01:17', '01:17 jinhua 2 until 02:17']);
    await relay.assign('in', 'R1');
    expect(await exceptions.only()).toMatchObject({
      state: 'resolved',
      resolution: 'driver_found',
      owner: 'jinhua',
      level: 2,
    });
    const [resolved] = await station.eventsOf('exception.resolved');
    expect(resolved.data).toMatchObject({ owner: 'jinhua', level: 2, stationCode: jindong });
    expect(resolved.data).not.toHaveProperty('byId');
  });

  it('is not opened for a truck that has one, and at once for one that loses him too late', async () => {
    await relay.arrive('in', 'G1', 'O1');
    await relay.check('in');
    await relay.assign('in', 'R1');
    await relay.accept('in', 'R1');
    await exceptions.wait(60);
    expect(await exceptions.all()).toEqual([]);
    const handoffId = await relay.handoffOf('in');
    await station.get(ReportNoShow).execute(relay.next(), { handoffId });
    await exceptions.wait(0);
    expect(await exceptions.open()).toEqual(['no_driver', 'no_show']);
    await relay.assign('in', 'R2');
    expect(await exceptions.open()).toEqual(['no_show']);
  });

  it('that a person has ended is not opened again while the same truck still waits', async () => {
    await relay.arrive('in', 'G1', 'O1');
    await relay.check('in');
    await exceptions.wait(31);
    const { exceptionId } = await exceptions.only();
    await station.get(ResolveException).execute(relay.next(), { exceptionId, byId, resolution: 'called_in' });
    await relay.check('in');
    await exceptions.wait(120);
    expect(await exceptions.only()).toMatchObject({ state: 'resolved', resolution: 'called_in' });
  });
});

describe('a truck that stays', () => {
  it('is stranded after four hours, once, and until it leaves', async () => {
    await relay.arrive('in', 'G1', 'O1');
    await relay.check('in', failed);
    await exceptions.wait(238);
    expect(await exceptions.openings()).toEqual(['00:02 check_failed']);
    await exceptions.wait(1);
    expect((await exceptions.openings()).at(-1)).toBe('04:01 stranded');
    const [{ exceptionId }] = await exceptions.all(`WHERE code = 'stranded'`);
    await station.get(ResolveException).execute(relay.next(), { exceptionId, byId, resolution: 'fed' });
    await relay.check('in');
    await exceptions.wait(300);
    expect((await exceptions.openings()).filter((each) => each.endsWith('stranded'))).toHaveLength(1);
    await relay.depart('in', { outcome: 'turned_away', reasons: ['no_pass'] });
    expect(await exceptions.open()).toEqual([]);
    expect(await exceptions.all(`WHERE code = 'turned_away'`)).toMatchObject([
      { state: 'resolved', resolution: 'turned_away' },
    ]);
    expect(await station.get(Timers).nextDueAt()).toBeUndefined();
  });

  it('is stranded also where the service was away when its time came and it was changed before the timer fired', async () => {
    await relay.arrive('in', 'G1', 'O1');
    await relay.check('in');
    await relay.assign('in', 'R1');
    station.clock.moveTo(station.clock.now() + 300 * minute);
    await relay.accept('in', 'R1').catch((error: unknown) => expect(error).toBeInstanceOf(Problem));
    await exceptions.wait(0);
    expect(await exceptions.open()).toContain('stranded');
  });
});

describe('a driver who declines', () => {
  const decline = async (driverId: string) => {
    await relay.assign('in', driverId);
    const handoffId = await relay.handoffOf('in');
    return station.get(DeclineAssignment).execute(relay.next(), { handoffId, driverId });
  };

  it('is an exception the second time, until one accepts', async () => {
    await relay.arrive('in', 'G1', 'O1');
    await relay.check('in');
    await decline('R1');
    expect(await exceptions.all()).toEqual([]);
    await decline('R2');
    expect(await exceptions.open()).toEqual(['driver_declined']);
    await relay.assign('in', 'R1');
    expect(await exceptions.open()).toEqual(['driver_declined']);
    await relay.accept('in', 'R1');
    expect(await exceptions.only()).toMatchObject({ state: 'resolved', resolution: 'driver_found' });
  });

  it('is one the first time where he was the one to take the truck back', async () => {
    await relay.swap('going in', 'G1', 'O1', 'R1');
    await relay.depart('going in');
    await relay.arrive('in', 'G1', 'R1', 'out_of_zone');
    await relay.check('in');
    await decline('O1');
    expect(await exceptions.open()).toEqual(['driver_declined']);
  });
});

describe('a station that stands still', () => {
  const at = { stationCode: jindong };

  it('is an exception while trucks wait there, also those that come later', async () => {
    await station.get(SuspendStation).execute(relay.next(), { ...at, reason: 'snow' });
    await exceptions.wait(10);
    expect(await exceptions.all()).toEqual([]);
    await relay.arrive('in', 'G1', 'O1');
    await exceptions.wait(2);
    expect(await exceptions.only()).toMatchObject({ code: 'station_suspended', owner: jindong, level: 1 });
    await station.get(ResumeStation).execute(relay.next(), at);
    await exceptions.wait(0);
    expect(await exceptions.only()).toMatchObject({ state: 'resolved', resolution: 'station_resumed' });
  });

  it('is another one where it closes, until the last truck has left', async () => {
    await relay.arrive('one', 'G1', 'O1');
    await relay.arrive('two', 'G2', 'O2');
    await station.get(SuspendStation).execute(relay.next(), { ...at, reason: 'snow' });
    await exceptions.wait(5);
    await station.get(CloseStation).execute(relay.next(), { ...at, reason: 'over' });
    await exceptions.wait(5);
    await station.get(ReopenStation).execute(relay.next(), at);
    await exceptions.wait(0);
    expect(await exceptions.open()).toEqual([]);
    await station.get(CloseStation).execute(relay.next(), { ...at, reason: 'over' });
    await exceptions.wait(5);
    expect((await exceptions.all()).map(({ code, state, resolution }) => [code, state, resolution])).toEqual([
      ['station_suspended', 'resolved', 'station_closed'],
      ['station_closed', 'resolved', 'station_resumed'],
      ['station_closed', 'open', null],
    ]);
    await relay.depart('one', { outcome: 'turned_away' });
    await exceptions.wait(0);
    expect(await exceptions.open()).toEqual(['station_closed']);
    await relay.depart('two', { outcome: 'turned_away' });
    await exceptions.wait(0);
    expect(await exceptions.open()).toEqual([]);
    expect((await exceptions.all(`WHERE code = 'station_closed'`))[1].resolution).toBe('no_truck_waits');
    expect(await station.get(Timers).nextDueAt()).toBeUndefined();
  });
});
