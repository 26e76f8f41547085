import { Injectable } from '@nestjs/common';
import type { Caller } from '@yizhan/identity';
import { TrucksOfVisits } from '../delivery/trucks-of-visits.js';
import { requireExistingTypes } from './existing-types.js';
import { asksForTruck, type EventFilter, type IsWanted, passesFilter, wantedBy } from './event-filter.js';
import type { LoggedEvent } from './logged-event.js';
import { maySee } from './may-see.js';
import { OwnEntries } from './own-entries.js';

/** What of the log is for one reader. */
export interface Choice {
  /** Whether it may be for him, as far as the event itself tells. Where there is no `among`, whether it is. */
  readonly isWanted: IsWanted;
  /** Those that are for him of entries that follow each other in the log: where the event itself does not tell it all. */
  readonly among?: (entries: readonly LoggedEvent[]) => Promise<readonly LoggedEvent[]>;
}

/** The pull feed and the live stream give what is chosen here; subscriptions choose by the same filter and the same facts. */
@Injectable()
export class ChooseEvents {
  constructor(
    private readonly trucks: TrucksOfVisits,
    private readonly own: OwnEntries,
  ) {}

  /** @throws Problem `forbidden` where he names a station or an area that is not his, `FILTER.NO_SUCH_TYPE` for a type that is none. */
  of(caller: Caller, filter: EventFilter): Choice {
    requireExistingTypes(filter.types, 'types');
    const isWanted = wantedBy(caller, asksForTruck(filter) ? withoutTruck(filter) : filter);
    const ofTruck = asksForTruck(filter) ? this.#ofTruck(caller, filter) : undefined;
    if (caller.role !== 'carrier') return { isWanted, ...(ofTruck && { among: ofTruck }) };
    const { carrierId = '' } = caller;
    return {
      isWanted,
      among: async (entries) => {
        const wanted = ofTruck ? await ofTruck(entries) : entries.filter(isWanted);
        return wanted.length === 0 ? wanted : this.own.among(carrierId, wanted);
      },
    };
  }

  #ofTruck(caller: Caller, filter: EventFilter): NonNullable<Choice['among']> {
    const passes = passesFilter(filter);
    return async (entries) => {
      // Of all of them: what tells of a truck may be what this caller does not see.
      const whole = await this.trucks.complete(entries);
      return entries.filter((_entry, index) => {
        const facts = whole[index];
        return facts !== undefined && maySee(caller, facts) && passes(facts);
      });
    };
  }
}

function withoutTruck({ types, stations, areas }: EventFilter): EventFilter {
  return {
    ...(types && { types }),
    ...(stations && { stations }),
    ...(areas && { areas }),
  };
}
