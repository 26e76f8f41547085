import { at, LogBuilder, type Fields, uuid } from './log-builder.js';

/** The pack that histories go by. */
export const POLICY = { id: 'cn-freight', version: '2026-01' };

/** Its rules: those of the default pack that the checker reads. */
export const RULES = {
  utcOffsetMinutes: 480,
  hours: [{ rule: 'continuous_driving', maxSeconds: 14400, restSeconds: 1200 }],
  licenceCovers: { A1: ['A1', 'B1', 'B2', 'C1'], A2: ['A2', 'B1', 'B2', 'C1'], B2: ['B2', 'C1'], C1: ['C1'] },
  credentials: [{ credential: 'professional_qualification', when: 'licence_above_C1' }],
  overridable: ['hours', 'credentials', 'shift', 'travel'],
};

/** Tells what happens to packs, zones, stations and drivers; the last argument has fields to add or change. */
export class NetworkHistory extends LogBuilder {
  policy(rules: Fields = RULES, version = POLICY.version): this {
    return this.event('policy.published', `policy/${POLICY.id}`, { id: POLICY.id, version, rules });
  }

  zone(id: string, more: Fields = {}): this {
    const data = {
      zoneId: id,
      level: 'closed',
      countyCodes: ['330782'],
      stationCodes: [],
      startsAt: at('08:00'),
      policy: POLICY,
    };
    return this.event('zone.activated', `zone/${id}`, { ...data, ...more });
  }

  /** A pass of a truck is issued, amended or revoked. */
  pass(how: 'issued' | 'amended' | 'revoked', passId: string, plate: string, more: Fields = {}): this {
    const facts = how === 'revoked' ? { passId } : { passId, plate, driverIds: [], route: 'JD:E1' };
    return this.event(`pass.${how}`, `pass/${passId}`, { ...facts, ...more });
  }

  /** Of carrier C1, about every truck of the area, where nothing narrower is said. */
  consent(consentId: string, more: Fields = {}): this {
    const facts = { consentId, carrierId: 'C1', areaCode: this.area, byId: 'carrier:C1' };
    const given = { scope: 'standing', givenAt: this.now() };
    return this.event('consent.given', `consent/${consentId}`, { ...facts, ...given, ...more });
  }

  revokeConsent(consentId: string): this {
    const facts = { consentId, carrierId: 'C1', areaCode: this.area, byId: 'carrier:C1' };
    return this.event('consent.revoked', `consent/${consentId}`, { ...facts, revokedAt: this.now() });
  }

  liftZone(id: string): this {
    return this.event('zone.lifted', `zone/${id}`, { zoneId: id });
  }

  station(code: string, bays: string[]): this {
    return this.event('station.opened', `station/${code}`, {
      bays,
      countyCode: '330703',
      location: [119.6, 29.1],
      zoneIds: ['YW'],
    });
  }

  bays(code: string, { added = [], closed = [] }: { added?: string[]; closed?: string[] }): this {
    return this.event('station.bays_changed', `station/${code}`, { stationCode: code, bays: added, added, closed });
  }

  suspend(code: string): this {
    return this.event('station.suspended', `station/${code}`, {});
  }

  resume(code: string): this {
    return this.event('station.resumed', `station/${code}`, {});
  }

  /** An inside driver with everything in order: A2, a qualification, an open shift. */
  insider(id: string, more: Fields = {}): this {
    this.event('driver.enrolled', `driver/${id}`, {
      insideZoneId: 'YW',
      licences: ['A2'],
      homeStationCode: 'JD',
      ...more,
    });
    return this.grant(id, 'professional_qualification').shift(id);
  }

  /** An outside driver of carrier C1. */
  outsider(id: string, more: Fields = {}): this {
    this.event('driver.enrolled', `driver/${id}`, { insideZoneId: null, licences: ['A2'], carrierId: 'C1', ...more });
    return this.grant(id, 'professional_qualification');
  }

  shift(id: string, endsAt = at('20:00')): this {
    return this.event('driver.shift_started', `driver/${id}`, { stationCode: 'JD', endsAt });
  }

  endShift(id: string): this {
    return this.event('driver.shift_ended', `driver/${id}`, {});
  }

  grant(id: string, credential: string, more: Fields = {}): this {
    const data = {
      credential,
      validFrom: '2025-01-01T00:00:00.000Z',
      validUntil: '2027-01-01T00:00:00.000Z',
      issuer: '330700',
    };
    return this.event('driver.credential_granted', `driver/${id}`, { ...data, ...more });
  }

  recall(id: string, credential: string): this {
    return this.event('driver.credential_recalled', `driver/${id}`, {
      credential,
      recalledAt: this.now(),
      reason: 'positive',
    });
  }

  lend(id: string, fromAreaCode: string, toAreaCode: string): this {
    return this.inArea(fromAreaCode, (h) =>
      h.event('driver.lent', `driver/${id}`, { driverId: id, fromAreaCode, toAreaCode }),
    );
  }

  /** A step of a loan as this product tells it: in both areas, the lending one first. */
  loanStep(what: 'loan_offered' | 'lent' | 'loan_ended' | 'return_begun', id: string, more: Fields = {}): this {
    const data = { driverId: id, loanId: uuid(900), fromAreaCode: 'A', toAreaCode: 'B', ...more };
    return this.inArea('A', (h) => h.event(`driver.${what}`, `driver/${id}`, data)).inArea('B', (h) =>
      h.event(`driver.${what}`, `driver/${id}`, data),
    );
  }

  /** The driver has reported: the area that he leaves is told, then the one that has him. */
  changesPool(what: 'pool_joined' | 'returned', id: string, from: string, to: string, told = [from, to]): this {
    const data = { driverId: id, loanId: uuid(900), areaCode: to, fromAreaCode: from, stationCode: 'JD' };
    for (const area of told) this.inArea(area, (h) => h.event(`driver.${what}`, `driver/${id}`, data));
    return this;
  }

  joinPool(id: string, areaCode: string): this {
    return this.inArea(areaCode, (h) => h.event('driver.pool_joined', `driver/${id}`, { driverId: id, areaCode }));
  }

  giveBack(id: string, areaCode: string): this {
    return this.inArea(areaCode, (h) => h.event('driver.returned', `driver/${id}`, { driverId: id, areaCode }));
  }
}
