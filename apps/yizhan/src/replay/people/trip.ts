import type { ConsignmentFacts, Truck, WaitPlan } from '@yizhan/contracts';
import type { Ids } from '@yizhan/kernel';
import type { Scenario, ScenarioCarrier, ScenarioEnterprise, ScenarioVehicle } from '../../scenario/scenario.js';
import type { Chance } from './chance.js';
import type { Passage } from '../passages/passage.js';

/** One passage with all that is made up for it: a truck's way into the zone and back. */
export interface Trip {
  readonly passage: Passage;
  readonly visitId: string;
  /** The visit on its way back out. */
  readonly returnVisitId: string;
  readonly zoneId: string;
  readonly stationCode: string;
  readonly returnStationCode: string;
  readonly carrierId: string;
  readonly truck: Truck;
  readonly sealNumber: string;
  /** The enterprise that it goes to first. */
  readonly enterpriseId: string;
  /** 0 to 9. */
  readonly priority: number;
  readonly consignments: readonly ConsignmentFacts[];
  /** What it carries back out. */
  readonly backLoad: readonly ConsignmentFacts[];
  readonly outsideDriverId: string;
  /** What the outside driver does while the truck is in the zone. */
  readonly wait: WaitPlan;
  /** Whom the carrier names where the first one takes another truck. */
  readonly otherDriverId: string;
  /** Nobody is there when the truck is back. */
  readonly isDriverAbsent: boolean;
}

const plateSigns = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Makes up a trip for every passage; the same passage gets the same trip, whatever else is in the file. */
export class TripMaker {
  readonly #plates = new Set<string>();

  constructor(
    private readonly scenario: Scenario,
    private readonly chance: Chance,
    private readonly ids: Ids,
  ) {}

  /** In the order of the passages. */
  makeAll(passages: readonly Passage[]): Trip[] {
    return passages.map((passage) => this.#make(passage));
  }

  #make(passage: Passage): Trip {
    const { key } = passage;
    const { zone, stations } = this.#gateOf(passage);
    const vehicle = this.#vehicleOf(passage);
    const carrier = this.chance.pick(this.scenario.carriers, ({ share }) => share, `${key}/carrier`);
    const stationCode = this.chance.pick(stations, ({ share }) => share, `${key}/station`).code;
    const visitId = this.ids.uuid(`visit/${key}`, passage.at);
    const consignments = this.#consignments(key, zone, vehicle);
    const [first] = consignments;
    const name = visitId.slice(-12);
    return {
      passage,
      visitId,
      returnVisitId: this.ids.uuid(`return/${key}`, passage.at),
      zoneId: zone,
      stationCode,
      returnStationCode: this.#returnStation(key, zone, stationCode),
      carrierId: carrier.id,
      truck: this.#truck(key, vehicle, carrier),
      sealNumber: `S${String(this.chance.whole(1e8, `${key}/seal-number`)).padStart(8, '0')}`,
      enterpriseId: first?.enterpriseId ?? '',
      priority: Math.max(...consignments.map((each) => this.#enterprise(each.enterpriseId)?.priority ?? 0)),
      consignments,
      backLoad: this.#backLoad(key, first),
      outsideDriverId: `outside-${name}`,
      wait: this.#wait(key),
      otherDriverId: `other-${name}`,
      isDriverAbsent: this.chance.happens(this.scenario.rates.nobodyThere, `${key}/absent`),
    };
  }

  #gateOf({ tollgate }: Passage) {
    const gate = this.scenario.gates.find((each) => each.tollgate === tollgate);
    if (!gate) throw new RangeError(`no gate ${tollgate} in the scenario`);
    return gate;
  }

  #vehicleOf({ vehicleModel }: Passage): ScenarioVehicle {
    const vehicle = this.scenario.vehicles.find(({ model }) => model === vehicleModel);
    if (!vehicle) throw new RangeError(`no vehicle model ${vehicleModel} in the scenario`);
    return vehicle;
  }

  #enterprise(enterpriseId: string): ScenarioEnterprise | undefined {
    return this.scenario.enterprises.find(({ id }) => id === enterpriseId);
  }

  #returnStation(key: string, zone: string, stationCode: string): string {
    const all = this.scenario.zones.find(({ id }) => id === zone)?.stations ?? [];
    const others = all.filter((code) => code !== stationCode);
    if (others.length === 0 || !this.chance.happens(this.scenario.rates.otherStation, `${key}/other-station`)) {
      return stationCode;
    }
    return this.chance.pick(others, () => 1, `${key}/which-station`);
  }

  #truck(key: string, vehicle: ScenarioVehicle, carrier: ScenarioCarrier): Truck {
    const truck = {
      plate: this.#plate(key, carrier),
      plateColour: vehicle.plateColour,
      licenceRequired: vehicle.licence,
    };
    if (!vehicle.trailer) return truck;
    return { ...truck, trailerPlate: `${truck.plate.slice(0, 2)}${this.#signs(`${key}/trailer`, 4)}挂` };
  }

  /** A plate stands for one truck; where two passages would draw the same one, the later draws again. */
  #plate(key: string, { plates }: ScenarioCarrier): string {
    for (let draw = 1; ; draw += 1) {
      const beginning = this.chance.pick(plates, () => 1, `${key}/plate/${draw}`);
      const plate = beginning + this.#signs(`${key}/plate/${draw}`, 5);
      if (this.#plates.has(plate)) continue;
      this.#plates.add(plate);
      return plate;
    }
  }

  #signs(question: string, count: number): string {
    let left = this.chance.whole(plateSigns.length ** count, `${question}/signs`);
    let signs = '';
    for (; signs.length < count; left = Math.floor(left / plateSigns.length))
      signs += plateSigns[left % plateSigns.length];
    return signs;
  }

  #consignments(key: string, zone: string, { licence }: ScenarioVehicle): ConsignmentFacts[] {
    const inZone = this.scenario.enterprises.filter((each) => each.zone === zone);
    const count = 1 + this.chance.whole(licence === 'C1' ? 2 : 3, `${key}/consignments`);
    return Array.from({ length: count }, (_, index) => ({
      id: consignmentId(key, index + 1),
      enterpriseId: this.chance.pick(inZone, ({ share }) => share, `${key}/enterprise/${index}`).id,
      category: 'general',
      tonnes: 1 + this.chance.whole(licence === 'A2' ? 10 : 3, `${key}/tonnes/${index}`),
    }));
  }

  #backLoad(key: string, first: ConsignmentFacts | undefined): ConsignmentFacts[] {
    if (!first || !this.chance.happens(this.scenario.rates.carriesLoadBack, `${key}/back-load`)) return [];
    return [{ ...first, id: consignmentId(key, 'back') }];
  }

  #wait(key: string): WaitPlan {
    const { waits, goesAway, takesOtherTruck } = this.scenario.rates;
    const plans: readonly (readonly [WaitPlan, number])[] = [
      ['station', waits],
      ['away', goesAway],
      ['other_truck', takesOtherTruck],
    ];
    return this.chance.pick(plans, ([, rate]) => rate, `${key}/wait`)[0];
  }
}

/** The key of a passage begins with its local time, `2016-10-19 09:00:53`; an id has no blanks. */
const consignmentId = (key: string, part: string | number): string => `${key.replaceAll(' ', 'T')}/${part}`;
