import { Problem } from '@yizhan/kernel';

/** Who may use the product. What each may do stands at the routes. */
export const roles = [
  'operator',
  'shift_lead',
  'driver',
  'carrier',
  'enterprise',
  'command_centre',
  'administrator',
] as const;
export type Role = (typeof roles)[number];

/** What a token says of its bearer. */
export interface Claims {
  /** Stable id of the person or system, such as `operator:lin`; never a name. */
  readonly sub: string;
  readonly role: Role;
  /** Stations that an operator or shift lead works at. */
  readonly stations?: readonly string[];
  /** Areas of the command centre. */
  readonly areas?: readonly string[];
  /** Counties of the command centre, by their codes: it sees what lies in them, where whole areas are not its own. */
  readonly counties?: readonly string[];
  readonly driverId?: string;
  readonly carrierId?: string;
  readonly enterpriseId?: string;
  /** `read` lets nothing be changed; without it everything that the role may. */
  readonly access?: Access;
  /** A link that was made for its bearer, to act for himself on somebody's behest. */
  readonly isLink?: boolean;
  /** The one handoff that a link is for. */
  readonly handoffId?: string;
  /** The one visit that the link of a gate is for, whose driver nobody knows yet. */
  readonly visitId?: string;
}

export const accesses = ['read', 'write'] as const;
export type Access = (typeof accesses)[number];

/** Who asks, and for which stations, areas and persons he may speak. An administrator may for all. */
export class Caller {
  readonly subject: string;
  readonly role: Role;
  readonly stations: readonly string[];
  readonly areas: readonly string[];
  readonly counties: readonly string[];
  readonly driverId?: string;
  readonly carrierId?: string;
  readonly enterpriseId?: string;
  readonly access: Access;
  readonly isLink: boolean;
  readonly handoffId?: string;
  readonly visitId?: string;

  constructor(
    { sub, role, stations = [], areas = [], counties = [], access = 'write', isLink = false, ...others }: Claims,
    /** When his token ends, epoch milliseconds of the wall clock: what stays open for him ends then. */
    readonly expiresAt = Infinity,
  ) {
    this.subject = sub;
    this.role = role;
    this.stations = stations;
    this.areas = areas;
    this.counties = counties;
    this.access = access;
    this.isLink = isLink;
    Object.assign(this, others);
  }

  /** Whether he works at the station: operators and shift leads at those of their token. */
  mayActAt(stationCode: string): boolean {
    if (this.role === 'administrator') return true;
    return this.#worksAtStations() && this.stations.includes(stationCode);
  }

  /** Whether he may look at the station: who works there, and a command centre of its county. */
  maySeeStation(stationCode: string): boolean {
    return this.mayActAt(stationCode) || (this.isOfCounties && this.stations.includes(stationCode));
  }

  /** A command centre of counties sees what their stations do, and changes nothing. */
  get isOfCounties(): boolean {
    return this.role === 'command_centre' && this.counties.length > 0;
  }

  /** He, with the stations that lie in his counties now. */
  seeing(stations: readonly string[]): Caller {
    const { subject: sub, role, areas, counties, access } = this;
    return new Caller({ sub, role, areas, counties, access, stations }, this.expiresAt);
  }

  /** Whether the area is his: the command centre's areas are in its token. */
  mayActInArea(areaCode: string): boolean {
    if (this.role === 'administrator') return true;
    return this.role === 'command_centre' && this.areas.includes(areaCode);
  }

  /** Whether he is this driver. Operators speak for drivers at their own stations: see `mayActAt`. */
  isDriver(driverId: string): boolean {
    return this.role === 'driver' && this.driverId === driverId;
  }

  /** Whether he may see what is the carrier's own; everybody who is no carrier may. */
  maySeeCarrier(carrierId: string | undefined): boolean {
    return this.role !== 'carrier' || (carrierId !== undefined && this.carrierId === carrierId);
  }

  /** Whether he speaks for the enterprise. */
  isEnterprise(enterpriseId: string): boolean {
    return this.role === 'enterprise' && this.enterpriseId === enterpriseId;
  }

  /** @throws Problem `forbidden` where he does not work at the station. */
  requireStation(stationCode: string): void {
    if (!this.mayActAt(stationCode)) throw notYours('STATION', `station ${stationCode}`, { stationCode });
  }

  /** @throws Problem `forbidden` where the area is not his. */
  requireArea(areaCode: string): void {
    if (!this.mayActInArea(areaCode)) throw notYours('AREA', `area ${areaCode}`, { areaCode });
  }

  /** Drivers act as themselves only. @throws Problem `forbidden` where a driver asks for another one. */
  requireSelf(driverId: string): void {
    if (this.role === 'driver' && !this.isDriver(driverId))
      throw notYours('DRIVER', `driver ${driverId}`, { driverId });
  }

  #worksAtStations(): boolean {
    return this.role === 'operator' || this.role === 'shift_lead';
  }
}

function notYours(what: string, name: string, details: Record<string, string>): Problem {
  return new Problem('forbidden', `IDENTITY.NOT_YOUR_${what}`, `your token does not let you act for ${name}`, details);
}
