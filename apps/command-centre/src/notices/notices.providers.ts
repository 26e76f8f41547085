import type { Provider } from '@nestjs/common';
import { Clock, Ids } from '@yizhan/kernel';
import {
  dutyAddress,
  gatewayNames,
  NoticeBook,
  Notices,
  NoticeSender,
  type NoticeSettings,
  openGateways,
} from '@yizhan/notices';
import { Database, servicePlaces } from '@yizhan/persistence';
import { TellOfAlerts } from '../alerts/tell-of-alerts.js';
import { NoticeGateways } from './notice-gateways.js';
import { NoticesController } from './notices.controller.js';

export const noticeControllers = [NoticesController];

const { schema } = servicePlaces.commandCentre;

/** Writes, sends and shows what people on duty are told of alerts; by nothing where there are no settings. */
export function noticeProviders(settings: NoticeSettings | undefined): Provider[] {
  return [
    {
      provide: NoticeBook,
      useFactory: (database: Database, clock: Clock, ids: Ids) => new NoticeBook(database, schema, clock, ids),
      inject: [Database, Clock, Ids],
    },
    { provide: Notices, useFactory: (database: Database) => new Notices(database, schema), inject: [Database] },
    { provide: NoticeGateways, useFactory: () => new NoticeGateways(gatewayNames(settings ?? {})) },
    {
      provide: TellOfAlerts,
      useFactory: (book: NoticeBook) => new TellOfAlerts(book, settings),
      inject: [NoticeBook],
    },
    {
      provide: NoticeSender,
      useFactory: (book: NoticeBook, clock: Clock) =>
        new NoticeSender({
          book,
          gateways: openGateways(settings ?? {}, clock),
          clock,
          addressOf: ({ recipient }, gateway) => Promise.resolve(dutyAddress(settings ?? {}, recipient, gateway)),
        }),
      inject: [NoticeBook, Clock],
    },
  ];
}
