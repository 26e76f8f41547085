import fc from 'fast-check';
import { driver, history, station, type History } from './history.js';
import { hash, uuid, type Fields } from './log-builder.js';
import { faultsOf, reportOn } from './verdict.js';

const trucks = ['G1', 'G2', 'G3', 'G4'];
const relays = ['R1', 'R2', 'R3'];
const owners: Readonly<Record<string, string>> = { G1: 'O1', G2: 'O2', G3: 'O3', G4: 'O4' };

type Place =
  'outside' | 'arrived' | 'requested' | 'assigned' | 'accepted' | 'started' | 'completed' | 'released' | 'inside';

interface Truck {
  place: Place;
  flow: 'into_zone' | 'out_of_zone';
  relay?: string;
  bay?: string;
  parked?: boolean;
}

/** Numbers from a random choice, the same in every run of it. */
type Pick = (below: number) => number;

/** Plays what may happen next, so that every history that comes out is legal. */
class Play {
  readonly told: History;
  private readonly trucks = new Map<string, Truck>(
    trucks.map((plate) => [plate, { place: 'outside', flow: 'into_zone' }]),
  );
  private readonly busy = new Set<string>();
  private readonly bays = new Set<string>();

  constructor() {
    this.told = history().insider('R3').outsider('O3').outsider('O4');
  }

  step(plate: string, pick: Pick): void {
    const truck = this.trucks.get(plate)!;
    this.told.wait(pick(60));
    switch (truck.place) {
      case 'outside':
        this.told.arrive(plate, owners[plate]);
        return this.moved(truck, 'arrived', 'into_zone');
      case 'inside':
        this.told.comeOut(plate, truck.relay!, { stationCode: pick(2) === 0 ? 'JD' : 'PJ' });
        return this.moved(truck, 'arrived', 'out_of_zone');
      case 'arrived':
        return this.check(plate, truck, pick);
      case 'requested':
        return this.assign(plate, truck, pick);
      case 'assigned':
        return this.answer(plate, truck, pick);
      case 'accepted':
        return this.start(plate, truck, pick);
      case 'started':
        return this.finish(plate, truck, pick);
      case 'completed':
        if (pick(4) === 0) this.told.hold(plate).check(plate);
        this.told.release(plate);
        return this.moved(truck, 'released');
      case 'released':
        return this.leave(plate, truck);
    }
  }

  private moved(truck: Truck, place: Place, flow = truck.flow): void {
    truck.place = place;
    truck.flow = flow;
  }

  private check(plate: string, truck: Truck, pick: Pick): void {
    const luck = pick(6);
    if (luck === 0 && truck.flow === 'into_zone') {
      this.told.check(plate, { passed: false }).depart(plate, 'turned_away');
      return this.moved(truck, 'outside');
    }
    if (luck === 1) {
      this.told.retract('visit.arrived', {}, `visit/${this.told.journey(plate).visit}`);
      this.told.arrive(plate, truck.flow === 'into_zone' ? owners[plate] : truck.relay!, { flow: truck.flow });
    }
    this.told.check(plate).request(plate);
    this.moved(truck, 'requested');
  }

  private assign(plate: string, truck: Truck, pick: Pick): void {
    const journey = this.told.journey(plate);
    if (truck.flow === 'out_of_zone') {
      if (pick(3) === 0 && !truck.parked) {
        this.told.move(plate, driver(truck.relay!), station(journey.station));
        this.busy.delete(truck.relay!);
        truck.parked = true;
      }
      this.told.assign(plate, owners[plate]);
      return this.moved(truck, 'assigned');
    }
    const relay = relays[pick(relays.length)];
    if (this.busy.has(relay)) return void this.told.withhold(plate, [{ rule: 'busy', drivers: 1 }]);
    this.busy.add(relay);
    truck.relay = relay;
    this.told.propose(plate, relay, `D-${plate}-${this.told.drafts.length}`);
    this.told.assign(plate, relay, { assignedBy: 'scheduler', decisionId: this.told.latest().data['decisionId'] });
    this.moved(truck, 'assigned');
  }

  private answer(plate: string, truck: Truck, pick: Pick): void {
    if (pick(5) > 0) {
      this.told.accept(plate);
      return this.moved(truck, 'accepted');
    }
    this.told.endAssignment(plate, 'declined');
    if (truck.flow === 'into_zone') this.busy.delete(truck.relay!);
    this.moved(truck, 'requested');
  }

  private start(plate: string, truck: Truck, pick: Pick): void {
    const { station: code } = this.told.journey(plate);
    const bay = code === 'JD' ? ['B1', 'B2'][pick(2)] : 'B1';
    if (this.bays.has(code + bay)) return;
    this.bays.add(code + bay);
    truck.bay = code + bay;
    this.told.start(plate, bay);
    this.moved(truck, 'started');
  }

  private finish(plate: string, truck: Truck, pick: Pick): void {
    this.bays.delete(truck.bay!);
    if (pick(6) === 0) {
      this.told.abort(plate).hold(plate).check(plate).request(plate);
      if (truck.flow === 'into_zone') this.busy.delete(truck.relay!);
      return this.moved(truck, 'requested');
    }
    this.told.complete(plate);
    if (truck.flow === 'out_of_zone' && !truck.parked) this.busy.delete(truck.relay!);
    truck.parked = false;
    this.moved(truck, 'completed');
  }

  private leave(plate: string, truck: Truck): void {
    this.told.depart(plate);
    if (truck.flow === 'out_of_zone') return this.moved(truck, 'outside');
    this.told.openRun(plate, truck.relay!);
    this.moved(truck, 'inside');
  }

  /** Leaves no handoff waiting in silence. */
  end(): History {
    for (const [plate, truck] of this.trucks) if (truck.place === 'requested') this.told.withhold(plate);
    return this.told;
  }
}

const moves = fc.array(fc.tuple(fc.constantFrom(...trucks), fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 })), {
  minLength: 10,
  maxLength: 160,
});

function play(choices: [plate: string, luck: number[]][]): History {
  const game = new Play();
  for (const [plate, luck] of choices) {
    let next = 0;
    game.step(plate, (below) => luck[next++ % luck.length] % below);
  }
  return game.end();
}

const mutations: Readonly<Record<string, (event: Fields, luck: number) => unknown>> = {
  sequence: (event) => String(Number(event['sequence']) + 1),
  position: (event, luck) => String(Number(event['position']) + 1 + (luck % 5)),
  prevhash: (_event, luck) => hash(luck),
  previous: (event) => String(Number(event['previous']) + 1),
};

describe('random histories', () => {
  it('are accepted where all that happens is legal', async () => {
    await fc.assert(
      fc.asyncProperty(moves, async (choices) => expect(await faultsOf(play(choices))).toEqual([])),
      { numRuns: 120 },
    );
  });

  it('are rejected by rule 1 where one attribute of one event is changed', async () => {
    const mutated = fc.tuple(moves, fc.nat(), fc.constantFrom('id', ...Object.keys(mutations)));
    await fc.assert(
      fc.asyncProperty(mutated, async ([choices, luck, attribute]) => {
        const events = play(choices).seal();
        const index = luck % events.length;
        const event = events[index];
        const value = attribute === 'id' ? uuid(((index + 1) % events.length) + 1) : mutations[attribute](event, luck);
        events[index] = { ...event, [attribute]: value };
        const { rules } = await reportOn(events);
        expect(rules[0]?.violations).toBeGreaterThan(0);
      }),
      { numRuns: 120 },
    );
  });
});
