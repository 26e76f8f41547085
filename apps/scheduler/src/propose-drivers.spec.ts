import { newEvent } from '@yizhan/event-log';
import { ManualClock, toIso } from '@yizhan/kernel';
import type { EventName } from '@yizhan/contracts';
import { parseEventType } from '@yizhan/contracts';
import { AreaStory, asLogged, minute, monday } from '../../../test/support/area-story.js';
import type { AreaOwners } from './decisions/area-owners.js';
import type { BookedDecision, DecisionBook, MatchMade } from './decisions/decision-book.js';
import type { Decision } from './matching/decision.js';
import type { Fold } from './picture/fold.js';
import { isFoldOfLog, WatchedAreas } from './picture/watched-areas.js';
import { ProposeDrivers } from './propose-drivers.js';
import { foldEvent, folds } from './scheduler.consumes.js';

/** A book in memory that can be away, and that lets something happen while it writes. */
class FakeBook {
  readonly written: string[] = [];
  /** The match that is written. */
  match: MatchMade | undefined;
  isAway = false;
  meanwhile: () => void = () => {};

  async book(match: MatchMade, decisions: readonly Decision[]): Promise<BookedDecision[]> {
    await Promise.resolve();
    if (this.isAway) throw new Error('the database is away');
    this.match = match;
    this.meanwhile();
    for (const decision of decisions) {
      this.written.push(`${match.basedOnPosition} ${decision.handoff.visit.plate} ${decision.kind}`);
    }
    return decisions.map((decision, index) => ({ decisionId: `d${this.written.length}-${index}`, decision }));
  }
}

function ground(story: AreaStory) {
  const areas = new WatchedAreas();
  let taken = 0;
  const take = (): void => {
    for (const event of story.log(taken)) {
      const fold = folds[parseEventType(event.type)?.name as EventName] as Fold<EventName> | undefined;
      if (fold) areas.take(event, fold);
      taken += 1;
    }
  };
  take();
  const book = new FakeBook();
  const owners = { epochOf: () => Promise.resolve(1), isSuperseded: () => false } as unknown as AreaOwners;
  const clock = new ManualClock(monday);
  const propose = new ProposeDrivers(areas, owners, book as unknown as DecisionBook, clock);
  /** The event of a decision that is written, or is about to be, comes from the log: a driver, or none. */
  const comesBack = (plate: string, driverId?: string): void => {
    const { basedOnEventId: causationid, at = 0 } = book.match ?? {};
    const handoffId = story.handoffOf(plate);
    const of = { subject: `assignment/${handoffId}`, areaCode: story.areaCode, time: at };
    const about = { handoffId, visitId: story.visitOf(plate) };
    const expiresAt = toIso(at + minute);
    const offer = {
      plannedStartAt: toIso(at),
      decisionId: 'decided',
      epoch: 1,
      basedOnPosition: '1',
      alternatives: [],
    };
    const event = driverId
      ? newEvent({ name: 'assignment.proposed', ...of, data: { ...about, ...offer, driverId, expiresAt } })
      : newEvent({ name: 'assignment.withheld', ...of, data: { ...about, blockers: [] } });
    const logged = asLogged(event, story.told.length + 100);
    foldEvent(areas, { ...logged, causationid: causationid ?? '' });
  };
  return { areas, take, book, propose, clock, comesBack };
}

describe('proposing drivers', () => {
  it('is tried again with all that happened meanwhile when the database comes back', async () => {
    const story = new AreaStory().network().onShift('R1').waits('G1');
    const { book, propose, take } = ground(story);
    book.isAway = true;
    await expect(propose.whenCaughtUp()).rejects.toThrow('away');
    book.isAway = false;
    story.onShift('R0').waits('G2');
    take();
    await propose.whenCaughtUp();
    expect(book.written).toEqual([`${story.told.length} G1 proposed`, `${story.told.length} G2 proposed`]);
  });

  it('looks again at what was folded while it wrote, and gives no driver away twice', async () => {
    const story = new AreaStory().network().onShift('R1').waits('G1');
    const { book, propose, take } = ground(story);
    book.meanwhile = () => {
      book.meanwhile = () => {};
      story.waits('G2');
      take();
    };
    await Promise.all([propose.whenCaughtUp(), propose.whenCaughtUp()]);
    expect(book.written.map((line) => line.slice(line.indexOf(' ') + 1))).toEqual(['G1 proposed', 'G2 withheld']);
  });

  it('does not note a proposal of a handoff that was assigned meanwhile', async () => {
    const story = new AreaStory().network().onShift('R1').onShift('R2').waits('G1');
    const { areas, book, propose, take } = ground(story);
    book.meanwhile = () => {
      story.assigns('G1', 'R2');
      take();
    };
    await propose.whenCaughtUp();
    const [area] = areas.all();
    expect(area?.picture.drivers.get('R1')?.offer).toBeUndefined();
    expect(area?.picture.drivers.get('R2')?.liveHandoffId).toBe(story.handoffOf('G1'));
  });

  it('knows which decisions have not come back, while they are written too, and none where they could not be', async () => {
    const story = new AreaStory().network().onShift('R1').waits('G1').waits('G2');
    const { areas, book, propose, comesBack } = ground(story);
    const [area] = areas.all();
    if (!area) throw new Error('there is no area');
    book.isAway = true;
    await expect(propose.whenCaughtUp()).rejects.toThrow('away');
    expect(isFoldOfLog(area)).toBe(true);
    book.isAway = false;
    book.meanwhile = () => expect(isFoldOfLog(area)).toBe(false);
    await propose.whenCaughtUp();
    expect([area.awaited.size, isFoldOfLog(area)]).toEqual([2, false]);
    comesBack('G1', 'R1');
    expect([area.awaited.size, isFoldOfLog(area)]).toEqual([1, false]);
    comesBack('G2');
    expect([area.awaited.size, isFoldOfLog(area)]).toEqual([0, true]);
  });

  it('does not note a proposal again that has come back and was refused while it was written', async () => {
    const story = new AreaStory().network().onShift('R1').waits('G1');
    const { areas, book, propose, take, comesBack } = ground(story);
    book.meanwhile = () => {
      comesBack('G1', 'R1');
      story.refuses('G1', 'R1', 'decided');
      take();
    };
    await propose.whenCaughtUp();
    const [area] = areas.all();
    expect(area?.picture.drivers.get('R1')?.offer).toBeUndefined();
    expect(area?.awaited.size).toBe(0);
  });

  it('looks at nothing before the picture is complete, and not again where nothing has changed', async () => {
    const story = new AreaStory().network().onShift('R1').waits('G1');
    const { book, propose } = ground(story);
    expect(await propose.whenTimeHasCome()).toBe(0);
    expect(propose.nextDueAt).toBeUndefined();
    await propose.whenCaughtUp();
    await propose.whenCaughtUp();
    expect(book.written).toHaveLength(1);
  });
});
