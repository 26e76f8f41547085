import type { Provider } from '@nestjs/common';
import { Clock, Ids } from '@yizhan/kernel';
import { NoticeBook, Notices, NoticeSender, type NoticeSettings, openGateways } from '@yizhan/notices';
import { Database, servicePlaces } from '@yizhan/persistence';
import { ReachPerson } from './reach-person.js';
import { TellOfEndpoints } from './tell-of-endpoints.js';
import { TellOfTrucks } from './tell-of-trucks.js';
import { TruckNoticesController } from './truck-notices.controller.js';

export const noticeControllers = [TruckNoticesController];

const { schema } = servicePlaces.station;

/** Writes, sends and shows what drivers and carriers are told of their trucks. */
export function noticeProviders(settings: NoticeSettings | undefined): Provider[] {
  // Whoever has a phone gets a text message: the other gateways lead to people on duty.
  const { text, trucks } = settings ?? {};
  return [
    ReachPerson,
    {
      provide: NoticeBook,
      useFactory: (database: Database, clock: Clock, ids: Ids) => new NoticeBook(database, schema, clock, ids),
      inject: [Database, Clock, Ids],
    },
    {
      provide: Notices,
      useFactory: (database: Database) => new Notices(database, schema),
      inject: [Database],
    },
    {
      provide: TellOfTrucks,
      useFactory: (database: Database, clock: Clock, book: NoticeBook) =>
        new TellOfTrucks(database, clock, book, trucks),
      inject: [Database, Clock, NoticeBook],
    },
    {
      provide: TellOfEndpoints,
      useFactory: (database: Database, clock: Clock, book: NoticeBook) =>
        new TellOfEndpoints(database, clock, book, trucks),
      inject: [Database, Clock, NoticeBook],
    },
    {
      provide: NoticeSender,
      useFactory: (book: NoticeBook, clock: Clock, reach: ReachPerson) =>
        new NoticeSender({
          book,
          gateways: openGateways(text && trucks ? { text } : {}, clock),
          clock,
          addressOf: ({ recipient }) => reach.execute(recipient),
        }),
      inject: [NoticeBook, Clock, ReachPerson],
    },
  ];
}
