import type { LogReader } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import { answerWithinMillis, type Decision } from '../matching/decision.js';
import { matchArea } from '../matching/match-area.js';
import { noteOffer, noteWithheld } from '../picture/fold-assignments.js';
import { WatchedAreas } from '../picture/watched-areas.js';
import { foldEvent } from '../scheduler.consumes.js';

/** A decision that comes out otherwise. */
export interface Difference {
  readonly areaCode: string;
  readonly handoffId: string;
  readonly decidedAt: string;
  readonly basedOnPosition: number;
  /** `driver R1`, `withheld: licence, shift`, or `nothing`. */
  readonly before: string;
  readonly again: string;
}

/** What came of deciding again. */
export interface DecidedAgain {
  readonly areas: number;
  readonly decisions: number;
  readonly same: number;
  /** The first of those that differ. */
  readonly differences: readonly Difference[];
}

interface StoredDecision {
  readonly decision_id: string;
  readonly handoff_id: string;
  readonly kind: Decision['kind'];
  readonly driver_id: string | null;
  readonly decided_at: number;
  readonly based_on_position: number;
  readonly epoch: number;
  /** Of the rules that kept drivers away. */
  readonly rules: readonly string[];
}

const batch = 2_000;
const toldAtMost = 20;

/** Decides everything again from the log alone, at the positions and instants at which it was decided, and compares. */
export class DecideAgain {
  #same = 0;
  #decisions = 0;
  readonly #differences: Difference[] = [];

  constructor(
    private readonly database: Database,
    private readonly reader: LogReader,
  ) {}

  /** @param onProgress told how many decisions were taken again */
  async execute(onProgress: (decisions: number) => void = () => undefined): Promise<DecidedAgain> {
    const areas = await this.database.rows<{ area: string }>(
      'SELECT DISTINCT area_code AS area FROM scheduler.decisions ORDER BY area_code',
    );
    for (const { area } of areas) {
      for await (const look of this.#looks(area)) {
        this.#decisions += look.length;
        onProgress(this.#decisions);
      }
    }
    return { areas: areas.length, decisions: this.#decisions, same: this.#same, differences: this.#differences };
  }

  /** How many decisions there are. */
  async count(): Promise<number> {
    const [row] = await this.database.rows<{ count: number }>('SELECT count(*) AS count FROM scheduler.decisions');
    return row?.count ?? 0;
  }

  async *#looks(areaCode: string): AsyncGenerator<readonly StoredDecision[]> {
    let replay = new AreaReplay(areaCode, this.reader);
    let epoch: number | undefined;
    for await (const look of looksOf(this.#stored(areaCode))) {
      const [{ based_on_position: position, decided_at: at, epoch: ofLook }] = look;
      // Another owner began with what the log said, and knew nothing that the one before had only in memory.
      if (epoch !== undefined && ofLook !== epoch) replay = new AreaReplay(areaCode, this.reader);
      epoch = ofLook;
      await replay.readTo(position);
      this.#compare(areaCode, look, replay.decide(at));
      replay.note(look);
      yield look;
    }
  }

  #compare(areaCode: string, look: readonly StoredDecision[], decisions: readonly Decision[]): void {
    const again = new Map(decisions.map((decision) => [decision.handoff.handoffId, toldOf(decision)]));
    for (const stored of look) {
      const before = toldOfStored(stored);
      const now = again.get(stored.handoff_id) ?? 'nothing';
      if (before === now) this.#same += 1;
      else if (this.#differences.length < toldAtMost)
        this.#differences.push(differenceOf(areaCode, stored, before, now));
    }
  }

  async *#stored(areaCode: string): AsyncGenerator<StoredDecision> {
    let after: readonly [number, number, string] = [-1, 0, '00000000-0000-0000-0000-000000000000'];
    for (;;) {
      const rows = await this.database.rows<StoredDecision>(readDecisions, [areaCode, ...after, batch]);
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < batch) return;
      after = [last.based_on_position, last.decided_at, last.decision_id];
    }
  }
}

/** The picture of an area, taken on from one look to the next. */
class AreaReplay {
  readonly #areas = new WatchedAreas();
  #read = 0;

  constructor(
    private readonly areaCode: string,
    private readonly reader: LogReader,
  ) {}

  async readTo(position: number): Promise<void> {
    while (this.#read < position) {
      const entries = await this.reader.ofKeyAfter(this.areaCode, this.#read, batch);
      for (const entry of entries) {
        if (entry.position > position) {
          this.#read = position;
          break;
        }
        this.#read = entry.position;
        // What cannot be read was put aside then too.
        if ('event' in entry) foldEvent(this.#areas, entry.event);
      }
      if (entries.length === 0) this.#read = position;
    }
  }

  decide(at: number): readonly Decision[] {
    const picture = this.#areas.picture(this.areaCode);
    return picture ? matchArea(picture, at).decisions : [];
  }

  /** What was told counted at once, before it came back from the log. */
  note(look: readonly StoredDecision[]): void {
    const picture = this.#areas.picture(this.areaCode);
    if (!picture) return;
    for (const { handoff_id: handoffId, decision_id: decisionId, driver_id: driverId, decided_at, rules } of look) {
      if (driverId === null) noteWithheld(picture, handoffId, rules);
      else noteOffer(picture, handoffId, { decisionId, driverId, expiresAt: decided_at + answerWithinMillis });
    }
  }
}

/** Decisions of one look at an area. */
async function* looksOf(stored: AsyncIterable<StoredDecision>): AsyncGenerator<readonly StoredDecision[]> {
  let look: StoredDecision[] = [];
  for await (const decision of stored) {
    const [first] = look;
    if (first && (first.based_on_position !== decision.based_on_position || first.decided_at !== decision.decided_at)) {
      yield look;
      look = [];
    }
    look.push(decision);
  }
  if (look.length > 0) yield look;
}

const withheld = (rules: readonly string[]): string => `withheld: ${rules.join(', ')}`;

const toldOf = (decision: Decision): string =>
  decision.kind === 'proposed' ? `driver ${decision.driverId}` : withheld(decision.blockers.map(({ rule }) => rule));

const toldOfStored = ({ driver_id, rules }: StoredDecision): string =>
  driver_id === null ? withheld(rules) : `driver ${driver_id}`;

const differenceOf = (areaCode: string, stored: StoredDecision, before: string, again: string): Difference => ({
  areaCode,
  handoffId: stored.handoff_id,
  decidedAt: toIso(stored.decided_at),
  basedOnPosition: stored.based_on_position,
  before,
  again,
});

const readDecisions = `
  SELECT decision_id, handoff_id, kind, driver_id, decided_at, based_on_position, epoch,
    ARRAY(SELECT block->>'rule' FROM jsonb_array_elements(inputs->'blocks') block) AS rules
  FROM scheduler.decisions
  WHERE area_code = $1
    AND (based_on_position, decided_at, decision_id) > ($2::bigint, to_timestamp($3::double precision / 1000), $4::uuid)
  ORDER BY based_on_position, decided_at, decision_id LIMIT $5`;
