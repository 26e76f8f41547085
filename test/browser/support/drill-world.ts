import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '@yizhan/client';
import { TokenSigner } from '@yizhan/identity';
import { ManualClock, RandomIds, SystemClock, toIso } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import { pino } from 'pino';
import { commandCentreGroup, readTypes } from '../../../apps/command-centre/src/command-centre.consumes.js';
import { localMidnight } from '../../../apps/yizhan/src/replay/passages/local-time.js';
import { DataDirectory } from '../../../apps/yizhan/src/runtime/data/data-directory.js';
import { discardDataDirectory } from '../../../apps/yizhan/src/runtime/data/discard.js';
import { Runtime } from '../../../apps/yizhan/src/runtime/runtime.js';
import { RuntimeWorld } from '../../../apps/yizhan/src/runtime/runtime-world.js';
import { loadNetwork } from '../../../apps/yizhan/src/scenario/load-network.js';
import { yiwu } from '../../../apps/yizhan/src/scenario/yiwu.js';
import { TestBrowser } from './open-browser.js';

const minute = 60_000;
const hour = 60 * minute;
const passed = ['person', 'vehicle', 'pass', 'seal'].map((check) => ({ check, passed: true }));

export const keyed = () => ({ 'Idempotency-Key': randomUUID() });

/** The scenario `yiwu` with one driver of each group, its clock moved by hand, and a browser before it. */
export class DrillWorld {
  private constructor(
    private readonly runtime: Runtime,
    private readonly directory: DataDirectory,
    private readonly clock: ManualClock,
    readonly browser: TestBrowser,
    readonly api: ReturnType<typeof connect>,
  ) {}

  /** @param from local time of today, such as `09:30`. */
  static async open(from: string): Promise<DrillWorld> {
    const midnight = localMidnight(new SystemClock().now(), yiwu.utcOffsetMinutes);
    const clock = new ManualClock(midnight + minutesOf(from) * minute);
    const directory = new DataDirectory(join(tmpdir(), `yizhan-drill-${randomUUID()}`));
    const runtime = await Runtime.start({
      directory,
      clock,
      ids: new RandomIds(),
      database: 'embedded',
      isDurable: false,
      http: { host: '127.0.0.1', port: 0 },
      mode: 'stepped',
      what: 'drill',
      log: pino({ level: 'silent' }),
      tell: () => undefined,
    });
    const relayDrivers = yiwu.relayDrivers.map((group) => ({ ...group, count: 1 }));
    const stepped = new RuntimeWorld(runtime);
    await loadNetwork(stepped, { ...yiwu, relayDrivers });
    const signer = await TokenSigner.of(runtime.signingKey);
    const token = await signer.sign({ sub: 'administrator:drill', role: 'administrator' }, 3_600);
    const address = runtime.address ?? '';
    const world = new DrillWorld(runtime, directory, clock, await TestBrowser.open(address), connect(address, token));
    // The scenario was loaded at one instant; from now on everything goes by itself, by this clock.
    runtime.goLive();
    await world.settle();
    return world;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.runtime.stop();
    discardDataDirectory(this.directory);
  }

  get #centre(): Database {
    return this.runtime.services.portsOf('command-centre').database;
  }

  get #midnight(): number {
    return localMidnight(this.clock.now(), yiwu.utcOffsetMinutes);
  }

  /** `10:05` of now, as people there write it. */
  get time(): string {
    return toIso(this.clock.now() + yiwu.utcOffsetMinutes * minute).slice(11, 16);
  }

  /** Everything that follows from what was asked has happened, and is counted. */
  async settle(): Promise<void> {
    let seen = -1;
    await until(async () => {
      const [{ head, read }] = await this.#centre.rows<{ head: number; read: number }>(readProgress, [
        yiwu.area.code,
        readTypes,
        commandCentreGroup,
      ]);
      const isStill = head === seen && read >= head;
      seen = head;
      return isStill;
    });
  }

  /** Five minutes at a time until then: what is due happens, and the area is looked at. */
  async passUntil(time: string): Promise<void> {
    const end = this.#midnight + minutesOf(time) * minute;
    while (this.clock.now() < end) {
      await this.settle();
      this.clock.moveTo(this.clock.now() + 5 * minute);
      await until(async () => {
        const [watch] = await this.#centre.rows<{ at: number }>(readLook, [yiwu.area.code]);
        return watch !== undefined && watch.at >= this.clock.now();
      });
    }
    await this.settle();
  }

  in(minutes: number): string {
    return toIso(this.clock.now() + minutes * minute);
  }

  async account(accountId: string, password: string): Promise<void> {
    const body = { accountId, role: 'command_centre' as const, areas: [yiwu.area.code] };
    await this.api.accounts.create({ headers: keyed(), body });
    await this.api.accounts.setPassword({ headers: keyed(), path: { accountId }, body: { password } });
  }

  /** A truck comes in at the gate. @returns its visit, and who drives it. */
  async arrive(stationCode: string, plate: string): Promise<{ visitId: string; driverId: string }> {
    const visitId = randomUUID();
    const phone = `139${plate.replaceAll(/\D/g, '').padStart(8, '0')}`;
    const { driverId, carrierId } = await this.api.intakes.takeIn({
      headers: keyed(),
      body: { stationCode, plate, phone },
    });
    const truck = { plate, plateColour: 'yellow', licenceRequired: 'B2' } as const;
    const place = { stationCode, zoneId: 'yiwu', flow: 'into_zone' } as const;
    const body = { ...place, visitId, truck, carrierId, driverId, consignments: [] };
    await this.api.visits.arrive({ headers: keyed(), body });
    await this.settle();
    return { visitId, driverId };
  }

  /** A truck that needs a driver of the licence is to come. @returns its visit. */
  async announce(stationCode: string, plate: string, licenceRequired: 'A2' | 'B2', minutes: number): Promise<string> {
    const visitId = randomUUID();
    const truck = { plate, plateColour: 'yellow', licenceRequired } as const;
    const place = { stationCode, zoneId: 'yiwu', flow: 'into_zone' } as const;
    const expectedAt = this.in(minutes);
    await this.api.visits.announce({
      headers: keyed(),
      body: { ...place, visitId, truck, consignments: [], expectedAt },
    });
    await this.settle();
    return visitId;
  }

  /** Checked, and accepted by whom the scheduler has chosen. @returns the handoff and who that is. */
  async checkAndAccept(visitId: string): Promise<{ handoffId: string; driverId: string }> {
    const { handoffId = '' } = await this.api.visits.check({
      headers: keyed(),
      path: { visitId },
      body: { checks: passed, sealNumber: 'S0001' },
    });
    await this.settle();
    let driverId = '';
    await until(async () => {
      ({ driverId = '' } = await this.api.handoffs.read({ path: { handoffId } }));
      return driverId !== '';
    });
    await this.api.handoffs.accept({ headers: keyed(), path: { handoffId }, body: { driverId } });
    await this.settle();
    return { handoffId, driverId };
  }

  /** The carrier agrees: swapped, and gone into the zone. */
  async swap(
    visitId: string,
    handoffId: string,
    { from, to }: { readonly from: string; readonly to: string },
  ): Promise<void> {
    const authorisation = { by: 'dispatcher-07', at: this.in(0) };
    const path = { handoffId };
    await this.api.handoffs.start({ headers: keyed(), path, body: { bayCode: 'B01', authorisation } });
    const signedAt = this.in(0);
    const signatures = [
      { role: 'offgoing', personId: from, signedAt, method: 'paper' },
      { role: 'oncoming', personId: to, signedAt, method: 'paper' },
      { role: 'witness', personId: 'operator:lin', signedAt, method: 'paper' },
    ] as const;
    const seal = { number: 'S0001', intact: true };
    const completion = {
      signatures: [...signatures],
      items: [{ code: 'keys', given: true }],
      photos: [],
      reservations: [],
      seal,
    };
    await this.api.handoffs.complete({ headers: keyed(), path, body: completion });
    await this.settle();
    await this.api.visits.depart({
      headers: keyed(),
      path: { visitId },
      body: { outcome: 'swapped', runId: randomUUID() },
    });
    await this.settle();
  }

  /** Drivers of a licence who are on duty, at a station or at all. */
  async onDuty(licence: string, stationCode?: string): Promise<string[]> {
    const { items } = await this.api.drivers.list({ query: { areaCode: yiwu.area.code, limit: 200 } });
    return items
      .filter(({ licences }) => licences.some((each) => each === licence))
      .filter(({ shift }) => shift && (stationCode === undefined || shift.stationCode === stationCode))
      .map(({ driverId }) => driverId);
  }

  /** Somebody begins work at a station until the evening: a sign that it is at work. */
  async beginShift(driverId: string, stationCode: string): Promise<void> {
    const body = { stationCode, endsAt: toIso(this.#midnight + 20 * hour) };
    await this.api.drivers.startShift({ headers: keyed(), path: { driverId }, body });
    await this.settle();
  }

  async endShift(driverId: string): Promise<void> {
    await this.api.drivers.endShift({ headers: keyed(), path: { driverId } });
    await this.settle();
  }
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** @throws Error after half a minute. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await isSo()) return;
    await pause(100);
  }
  throw new Error('it did not come within half a minute');
}

const readLook = 'SELECT looked_at AS at FROM command_centre.alert_watches WHERE area_code = $1';

const readProgress = `
  SELECT coalesce((SELECT max(position) FROM event_log.entries WHERE partition_key = $1 AND type = ANY ($2)), 0) AS head,
    coalesce((SELECT max(position) FROM command_centre.consumed WHERE consumer_group = $3 AND partition_key IN ($1, '*')), 0) AS read`;
