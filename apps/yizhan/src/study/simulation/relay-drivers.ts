import { toIso } from '@yizhan/kernel';
import { policyPack, type PolicyRules } from '@yizhan/policy';
import type { StudyDay, StudyDriver, StudyShift } from '../days/study-day.js';
import type { SimulatedArea } from './simulated-area.js';
import { DrivingDay } from './driving-day.js';

/** A relay driver as the station knows him: its own book, not the scheduler's picture. */
export interface RelayDriver {
  readonly driver: StudyDriver;
  readonly driving: DrivingDay;
  shift: StudyShift | undefined;
  /** The handoff that he is assigned to and that has not ended. */
  handoffId: string | undefined;
  plate: string | undefined;
  isRecalled: boolean;
}

/** Does something at an instant; `name` orders what is due at the same one. */
export type Plan = (name: string, at: number, act: (now: number) => void) => void;

const aYear = 365 * 86_400_000;

/** Relay drivers come to work, go home and lose papers. Who is bound to a truck goes home when he is free. */
export class RelayDrivers {
  readonly #drivers = new Map<string, RelayDriver>();
  readonly #rules: PolicyRules;

  constructor(
    private readonly day: StudyDay,
    private readonly area: SimulatedArea,
    private readonly plan: Plan,
    /** His assignment is taken from him: what he holds no longer covers it. */
    private readonly onRecall: (driver: RelayDriver, now: number) => void,
  ) {
    this.#rules = policyPack(day.policy).rules;
  }

  begin(now: number): void {
    for (const driver of this.day.drivers) {
      const { driverId, licence, stationCode, shifts, recalledAt } = driver;
      const driving = new DrivingDay(this.#rules);
      const relay: RelayDriver = {
        driver,
        driving,
        shift: undefined,
        handoffId: undefined,
        plate: undefined,
        isRecalled: false,
      };
      this.#drivers.set(driverId, relay);
      this.enrol(driverId, licence, now, { insideZoneId: this.day.zone.id, homeStationCode: stationCode });
      for (const shift of shifts)
        this.plan(`shift:${driverId}`, Math.max(shift.from, now), (at) => this.#start(relay, shift, at));
      if (recalledAt !== undefined) this.plan(`recall:${driverId}`, recalledAt, (at) => this.#recall(relay, at));
    }
  }

  of(driverId: string): RelayDriver | undefined {
    return this.#drivers.get(driverId);
  }

  /** Whoever drives here, with what a truck of his licence asks for. */
  enrol(
    driverId: string,
    licence: StudyDriver['licence'],
    now: number,
    facts: {
      readonly insideZoneId: string | null;
      readonly homeStationCode?: string;
      readonly carrierId?: string;
    },
  ): void {
    const subject = `driver/${driverId}`;
    const cause = `enrol:${driverId}`;
    this.area.tell('driver.enrolled', subject, now, { driverId, licences: [licence], ...facts }, { cause });
    for (const { credential } of licence === 'C1' ? [] : this.#rules.credentials) {
      const valid = { validFrom: toIso(now - aYear), validUntil: toIso(now + aYear) };
      const data = { driverId, credential, ...valid, issuer: 'study' };
      this.area.tell('driver.credential_granted', subject, now, data, { cause });
    }
  }

  /** Neither a truck nor an assignment binds him any more. */
  free(relay: RelayDriver, now: number): void {
    if (relay.shift && relay.shift.to <= now) this.#goHome(relay, now);
  }

  #start(relay: RelayDriver, shift: StudyShift, now: number): void {
    const { driverId, stationCode } = relay.driver;
    // Still with the truck of the shift before: he is not fit for another one.
    if (relay.shift || relay.plate !== undefined) return;
    relay.shift = shift;
    const data = { driverId, stationCode, endsAt: toIso(shift.to) };
    this.area.tell('driver.shift_started', `driver/${driverId}`, now, data, { cause: `shift:${driverId}` });
    this.plan(`go-home:${driverId}`, shift.to, (at) => {
      if (relay.shift === shift && relay.plate === undefined && relay.handoffId === undefined) this.#goHome(relay, at);
    });
  }

  #goHome(relay: RelayDriver, now: number): void {
    const { driverId, stationCode } = relay.driver;
    relay.shift = undefined;
    const data = { driverId, stationCode };
    this.area.tell('driver.shift_ended', `driver/${driverId}`, now, data, { cause: `go-home:${driverId}` });
  }

  #recall(relay: RelayDriver, now: number): void {
    const { driverId } = relay.driver;
    relay.isRecalled = true;
    for (const { credential } of this.#rules.credentials) {
      const data = { driverId, credential, recalledAt: toIso(now), reason: 'revoked' };
      const cause = `recall:${driverId}`;
      this.area.tell('driver.credential_recalled', `driver/${driverId}`, now, data, { cause });
    }
    this.onRecall(relay, now);
  }
}
