import type {
  CheckResult,
  ConsignmentFacts,
  DepartureOutcome,
  Flow,
  HandedItem,
  Licence,
  Party,
  PolicyRef,
  Seal,
  Signature,
  Truck,
  WaitPlan,
  ZoneLevel,
} from '@yizhan/contracts';

interface OfHandoff {
  readonly handoffId: string;
}

interface OfVisit {
  readonly visitId: string;
}

/** What people ask of the station: the inputs of its use cases, by step. Instants are epoch milliseconds. */
export interface StepInputs {
  createArea: { areaCode: string; name: string };
  publishPolicy: { areaCode: string; policyId: string };
  activateZone: {
    zoneId: string;
    areaCode: string;
    level: ZoneLevel;
    countyCodes: readonly string[];
    stationCodes: readonly string[];
    startsAt: number;
    policy: PolicyRef;
  };
  openStation: {
    stationCode: string;
    areaCode: string;
    countyCode: string;
    name: string;
    location: { latitude: number; longitude: number };
    bays: readonly string[];
    zoneIds: readonly string[];
  };
  registerCarrier: { carrierId: string; name: string };
  registerEnterprise: { enterpriseId: string; areaCode: string; zoneId: string; name: string; priority: number };
  enrolDriver: {
    driverId: string;
    areaCode: string;
    insideZoneId: string | null;
    licences: readonly Licence[];
    homeStationCode?: string;
    carrierId?: string;
  };
  grantCredential: { driverId: string; credential: string; validFrom: number; validUntil: number; issuer: string };
  startShift: { driverId: string; stationCode: string; endsAt: number };
  endShift: { driverId: string };
  registerArrival: OfVisit & {
    stationCode: string;
    zoneId: string;
    flow: Flow;
    truck: Truck;
    carrierId: string;
    driverId: string;
    priority: number;
    consignments: readonly ConsignmentFacts[];
  };
  checkVisit: OfVisit & { checks: readonly CheckResult[] };
  queueVisit: OfVisit & { queue: 'outside' | 'inside' };
  callVisit: OfVisit & { bayCode: string };
  holdCargo: OfVisit & { reasons: readonly string[] };
  releaseCargo: OfVisit;
  departVisit: OfVisit & { outcome: DepartureOutcome; reasons?: readonly string[]; dueBackAt?: number };
  acceptAssignment: OfHandoff & { driverId: string };
  declineAssignment: OfHandoff & { driverId: string };
  reportNoShow: OfHandoff;
  startHandoff: OfHandoff & { bayCode: string; authorisation: { carrierId: string; by: string; at: string } };
  completeHandoff: OfHandoff & {
    signatures: readonly Signature[];
    items: readonly HandedItem[];
    odometerKm: number;
    fuelPercent: number;
    seal?: Seal;
    photos: readonly never[];
    reservations: readonly never[];
  };
  abortHandoff: OfHandoff & { reason: string; seal: Seal };
  moveCustody: {
    plate: string;
    from: Party;
    to: Party;
    place: string;
    reason: string;
    items: readonly HandedItem[];
  };
  planReturn: { runId: string; returnDriverId?: string; wait: WaitPlan };
  recordRunStep: { runId: string; step: 'reached' | 'unloaded' | 'loaded' | 'left'; enterpriseId: string };
}

export type Step = keyof StepInputs;

/** A step with its input. */
export type Asked = { readonly [S in Step]: { readonly step: S; readonly input: StepInputs[S] } }[Step];
