import { weightsOf } from '@yizhan/policy';
import fc from 'fast-check';
import { pictureAfter } from '../../../../test/support/area-picture.js';
import { toIso } from '@yizhan/kernel';
import { AreaStory, hour, minute, monday } from '../../../../test/support/area-story.js';
import { matchArea } from '../matching/match-area.js';
import { lineStops, priorityOf } from './line-stops.js';

class Lines extends AreaStory {
  /** An enterprise says how urgent its goods are, and when its line stops. */
  needs(enterpriseId: string, priority: number, stopsLineAt?: number): this {
    const stop = stopsLineAt === undefined ? {} : { stopsLineAt: toIso(stopsLineAt) };
    return this.tell('enterprise.changed', `enterprise/${enterpriseId}`, { enterpriseId, priority, ...stop });
  }
}

const story = (): Lines => new Lines().network();

/** Of names such as `E1/steel`. */
const goods = (names: readonly string[]) =>
  names.map((name, index) => {
    const [enterpriseId = '', category = ''] = name.split('/');
    return { id: `C${index}`, enterpriseId, category };
  });

/** `E1/steel G1 90` with the minutes that the truck may wait, and a mark where the line is at risk. */
const told = (about: AreaStory, now = about.now): string[] =>
  lineStops(pictureAfter(about), now).map(
    ({ visit, enterpriseId, category, slackSeconds, isAtRisk }) =>
      `${enterpriseId}/${category} ${visit.plate} ${slackSeconds / 60}${isAtRisk ? ' !' : ''}`,
  );

const served = (about: AreaStory, now = about.now): string[] =>
  matchArea(pictureAfter(about), now).decisions.flatMap((decision) =>
    decision.kind === 'proposed' ? [decision.handoff.visit.plate] : [],
  );

// The way into the zone takes an hour.
describe('which truck, if it waits, stops which line', () => {
  it('is the first with goods for a line that stops within two hours and the way', () => {
    const about = story()
      .needs('E1', 0, monday + 3 * hour - 1)
      .needs('E2', 0, monday + 3 * hour)
      .waits('G1', { consignments: goods(['E2/steel']) })
      .at(monday + minute)
      .waits('G2', { consignments: goods(['E1/yarn', 'E2/steel']) });
    expect(told(about, monday)).toEqual(['E1/yarn G2 119.98333333333333 !', 'E2/steel G1 120']);
    expect(told(about, monday + 90 * minute)).toEqual(['E1/yarn G2 29.983333333333334 !', 'E2/steel G1 30 !']);
    expect(told(about, monday + 3 * hour)).toEqual(['E1/yarn G2 -60.016666666666666 !', 'E2/steel G1 -60 !']);
  });

  it('is none on its way out, none of an enterprise that says nothing or has what it needs', () => {
    const about = story()
      .needs('E1', 0, monday + hour)
      .needs('E2', 3)
      .waits('G1', { consignments: goods(['E1/steel']), flow: 'out_of_zone', carrier: 'C' })
      .waits('G2', { consignments: goods(['E2/steel', 'E3/steel']) });
    expect(told(about)).toEqual([]);
    expect(told(about.waits('G3', { consignments: goods(['E1/steel']) }))).toEqual(['E1/steel G3 0 !']);
    expect(told(about.needs('E1', 0))).toEqual([]);
  });

  it('is another where the first is held, and none once the goods went in, until the enterprise says so again', () => {
    const about = story()
      .needs('E1', 0, monday + 2 * hour)
      .onShift('R1')
      .waits('G1', { consignments: goods(['E1/steel']) })
      .at(monday + minute)
      .waits('G2', { consignments: goods(['E1/steel']) })
      .waits('G3', { consignments: goods(['E1/yarn']) });
    expect(told(about, monday)).toEqual(['E1/steel G1 60 !', 'E1/yarn G3 60 !']);
    about.tell('cargo.held', `visit/${about.visitOf('G1')}`, {
      visitId: about.visitOf('G1'),
      areaCode: 'jinhua',
      stationCode: 'JD',
      reasons: ['seal'],
    });
    expect(told(about, monday)).toEqual(['E1/steel G2 60 !', 'E1/yarn G3 60 !']);
    about.assigns('G2', 'R1').completes('G2', { kind: 'driver', id: 'O-G2' }, 'R1').departs('G2', 'R1');
    expect(told(about, monday)).toEqual(['E1/yarn G3 60 !']);
    expect(told(about.needs('E1', 0, monday + 2 * hour), monday)).toEqual(['E1/yarn G3 60 !', 'E1/steel G1 60 !']);
  });

  it('is as a plain reading of the list says, whatever trucks there are', () => {
    const truck = fc.record({ names: fc.subarray(['E1/a', 'E1/b', 'E2/a', 'E3/a']), minutes: fc.nat({ max: 300 }) });
    const needs = fc.dictionary(fc.constantFrom('E1', 'E2', 'E3'), fc.nat({ max: 600 }));
    fc.assert(
      fc.property(fc.array(truck, { maxLength: 6 }), needs, fc.nat({ max: 600 }), (trucks, stops, lookAt) => {
        const about = story();
        for (const [id, at] of Object.entries(stops)) about.needs(id, 0, monday + at * minute);
        const inOrder = trucks.toSorted((one, other) => one.minutes - other.minutes);
        for (const [index, { names, minutes }] of inOrder.entries())
          about.at(monday + minutes * minute).arrives(`G${index}`, { consignments: goods(names) });
        const expected = ['E1/a', 'E1/b', 'E2/a', 'E3/a'].flatMap((name) => {
          const stop = stops[name.slice(0, 2)];
          // Trucks of one minute are ordered by their ids: one of the first stands for it.
          const first = inOrder.find((each) => each.names.includes(name));
          if (stop === undefined || !first) return [];
          const slack = stop - 60 - lookAt;
          return [`${name} ${first.minutes} ${slack}${slack < 120 ? ' !' : ''}`];
        });
        const now = monday + lookAt * minute;
        const found = lineStops(pictureAfter(about), now).map(
          ({ visit, enterpriseId, category, slackSeconds, isAtRisk }) =>
            `${enterpriseId}/${category} ${(visit.arrivedBy.at - monday) / minute} ${slackSeconds / 60}${isAtRisk ? ' !' : ''}`,
        );
        expect(found.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 100 },
    );
  });
});

describe('the priority that the scheduler counts', () => {
  it('gives the only driver to the truck on which a line depends, and to the line that stops first', () => {
    const about = story()
      .onShift('R1')
      .waits('G1', { priority: 7 })
      .waits('G2', { consignments: goods(['E1/steel']) })
      .waits('G3', { consignments: goods(['E2/steel']) });
    expect(served(about)).toEqual(['G1']);
    about.needs('E1', 0, monday + 2 * hour).needs('E2', 0, monday + 100 * minute);
    expect(served(about)).toEqual(['G3']);
    expect(served(about.needs('E2', 0, monday + 9 * hour))).toEqual(['G2']);
    expect(served(about.waits('G4', { priority: 9 }))).toEqual(['G4']);
    const [decision] = matchArea(pictureAfter(about.needs('E1', 9, monday + 2 * hour)), about.now).decisions;
    expect(decision?.inputs.urgency).toMatchObject({ priority: 9, lineSlackSeconds: 3600 });
  });

  it('is that of the most urgent enterprise that it has goods for, at least its own', () => {
    const about = story()
      .needs('E1', 6)
      .arrives('G1', { priority: 2, consignments: goods(['E1/steel', 'E2/steel']) });
    const picture = pictureAfter(about.arrives('G2', { priority: 7, consignments: goods(['E1/steel']) }));
    const [first, second] = [...picture.visits.values()].map((visit) => priorityOf(picture, visit));
    expect([first, second]).toEqual([6, 7]);
  });

  it('raises none where the pack counts no time, before it is too late', () => {
    const calm = new Lines();
    const { rules } = calm.pack;
    const weights = { ...weightsOf(rules), lineStopWithinSeconds: 0 };
    const about = new Lines('jinhua', 'yiwu', { ...calm.pack, rules: { ...rules, weights } })
      .network()
      .needs('E1', 0, monday + 90 * minute)
      .waits('G1', { consignments: goods(['E1/steel']) });
    expect(told(about, monday)).toEqual(['E1/steel G1 30']);
    expect(told(about, monday + 31 * minute)).toEqual(['E1/steel G1 -1 !']);
  });
});
