import type { Licence, PlateColour, ZoneLevel } from '@yizhan/contracts';

/** How long something takes. Lognormal is told by its median and by what 95 of 100 stay under. */
export type Distribution =
  | { readonly kind: 'fixed'; readonly seconds: number }
  | {
      readonly kind: 'triangular';
      readonly minSeconds: number;
      readonly modeSeconds: number;
      readonly maxSeconds: number;
    }
  | {
      readonly kind: 'lognormal';
      readonly medianSeconds: number;
      readonly p95Seconds: number;
      readonly maxSeconds: number;
    };

export interface ScenarioStation {
  readonly code: string;
  readonly name: string;
  /** GB/T 2260. */
  readonly countyCode: string;
  /** WGS-84 degrees. */
  readonly location: { readonly latitude: number; readonly longitude: number };
  readonly bays: number;
}

export interface ScenarioZone {
  readonly id: string;
  readonly level: ZoneLevel;
  readonly countyCodes: readonly string[];
  /** Stations that serve it. */
  readonly stations: readonly string[];
}

/** Where the trucks of a toll gate go: to these stations, in these shares, into this zone. */
export interface ScenarioGate {
  readonly tollgate: string;
  readonly zone: string;
  readonly stations: readonly { readonly code: string; readonly share: number }[];
}

/** What a capacity class of the passages stands for. */
export interface ScenarioVehicle {
  readonly model: string;
  readonly licence: Licence;
  readonly plateColour: PlateColour;
  readonly trailer: boolean;
}

/** So many relay drivers of one licence and one daily shift. */
export interface RelayDriverGroup {
  readonly station: string;
  readonly zone: string;
  readonly licence: Licence;
  readonly count: number;
  readonly shift: { readonly from: string; readonly hours: number };
}

export interface ScenarioCarrier {
  readonly id: string;
  readonly name: string;
  /** Weight among all carriers. */
  readonly share: number;
  /** Beginnings of its plates, such as `浙G`. */
  readonly plates: readonly string[];
}

export interface ScenarioEnterprise {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly share: number;
  readonly priority: number;
}

export interface ScenarioDurations {
  /** From gate-in to the end of the checks. */
  readonly checks: Distribution;
  readonly checksAgain: Distribution;
  readonly accept: Distribution;
  /** From acceptance until the driver stands at the truck. */
  readonly travelToBay: Distribution;
  /** The truck's way into the bay. */
  readonly intoBay: Distribution;
  readonly swap: Distribution;
  readonly departAfterRelease: Distribution;
  /** From departure into the zone to gate-in on the way back, unloading included. */
  readonly roundTrip: Distribution;
  /** How long the operator waits for a relay driver before he reports a no-show. */
  readonly noShowAfter: Distribution;
  /** How long the operator waits for an outside driver before he parks the truck. */
  readonly parkAfter: Distribution;
  /** Until an absent outside driver comes after all. */
  readonly absence: Distribution;
  /** Until a carrier names another driver, after departure. */
  readonly nameAnother: Distribution;
  /** How much later than planned a driver who went away is back. */
  readonly comeBack: Distribution;
  readonly clearHold: Distribution;
}

export interface ScenarioRates {
  readonly decline: number;
  /** A driver who does not answer, so that the assignment expires. */
  readonly silent: number;
  readonly noShow: number;
  readonly checkFails: number;
  /** Of the trucks that failed once. */
  readonly checkFailsAgain: number;
  readonly hold: number;
  readonly sealMismatch: number;
  readonly otherStation: number;
  readonly waits: number;
  readonly goesAway: number;
  readonly takesOtherTruck: number;
  readonly nobodyThere: number;
  readonly carriesLoadBack: number;
}

export type RunStep = 'reached' | 'unloaded' | 'loaded' | 'left';

/** The made-up world around real gate passages: who is there, and how they behave. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** What is real and what is made up, in words; printed with every result. */
  readonly text: string;
  readonly area: { readonly code: string; readonly name: string };
  /** Id of a policy pack. */
  readonly policy: string;
  /** Minutes that the times of the passages are ahead of UTC. */
  readonly utcOffsetMinutes: number;
  /** People act on whole multiples of this. */
  readonly tickSeconds: number;
  /** What is recorded of a truck beyond the station; `loaded` only where it takes a load back. */
  readonly runSteps: readonly RunStep[];
  readonly zones: readonly ScenarioZone[];
  readonly stations: readonly ScenarioStation[];
  readonly gates: readonly ScenarioGate[];
  readonly vehicles: readonly ScenarioVehicle[];
  readonly relayDrivers: readonly RelayDriverGroup[];
  readonly carriers: readonly ScenarioCarrier[];
  readonly enterprises: readonly ScenarioEnterprise[];
  readonly durations: ScenarioDurations;
  readonly rates: ScenarioRates;
}
