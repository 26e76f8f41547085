import { type MigrationSet, servicePlaces } from '@yizhan/persistence';
import { CreateEventLog1764000000000 } from './migrations/1764000000000-create-event-log.js';
import { PublishToKafka1764100000000 } from './migrations/1764100000000-publish-to-kafka.js';
import { AppendOneEvent1764300000000 } from './migrations/1764300000000-append-one-event.js';
import { SeeWhatIsOnItsWay1764300005100 } from './migrations/1764300005100-see-what-is-on-its-way.js';
import { ShowCarriersTheirEvents1764500000000 } from './migrations/1764500000000-show-carriers-their-events.js';
import { AppendPlaces1765000004000 } from './migrations/1765000004000-append-places.js';

/** The log's own schema; migrated before the services', whose grants build on it. */
export const eventLogMigrations: MigrationSet = {
  schema: servicePlaces.eventLog.schema,
  migrations: [
    CreateEventLog1764000000000,
    PublishToKafka1764100000000,
    AppendOneEvent1764300000000,
    SeeWhatIsOnItsWay1764300005100,
    ShowCarriersTheirEvents1764500000000,
    AppendPlaces1765000004000,
  ],
};
