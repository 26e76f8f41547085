import { Code, Instant, OneOf, PageQuery, Text, Uuid, WholeNumber } from '@yizhan/http';
import { noticeFailureCodes } from './failure.js';
import { noticeChannels, noticeStates } from './notice.js';
import { noticeTemplateNames } from './templates.js';

/** Which notices of an area. */
export class NoticesQuery extends PageQuery {
  @OneOf(noticeStates, { optional: true, description: 'all unless given' })
  readonly state?: (typeof noticeStates)[number];

  @OneOf(['true', 'false'], {
    optional: true,
    description: '`true`: those alone of which an attempt has failed, or nobody got them',
  })
  readonly troubled?: 'true' | 'false';
}

/** A notice to one recipient: what it says, and what came of it. */
export class NoticeToPersonResponse {
  @Uuid()
  readonly noticeId: string;

  @Code()
  readonly areaCode: string;

  @Text({ free: true, description: 'empty for what is of the whole area' })
  readonly stationCode: string;

  @Code({ description: 'what it tells of', example: 'visit/01969c3e-0000-7000-8000-000000000000' })
  readonly about: string;

  @OneOf(noticeTemplateNames)
  readonly template: string;

  @Text({ free: true, description: 'what it says; never a name, phone or identity number' })
  readonly text: string;

  @OneOf(noticeChannels)
  readonly channel: string;

  @Code({ description: '`text`, `mail` or `robot/<name>`' })
  readonly gateway: string;

  @Text({ free: true, description: 'whom: never his address; empty for the group of a robot' })
  readonly recipient: string;

  @OneOf(noticeStates)
  readonly state: string;

  @WholeNumber({ description: 'attempts so far' })
  readonly tries: number;

  @Instant()
  readonly madeAt: string;

  @Instant({ optional: true, description: 'when it is sent, or tried again; absent where it is not any more' })
  readonly nextAttemptAt?: string;

  @Instant({ optional: true, description: 'when it was sent, or given up' })
  readonly endedAt?: string;

  @Instant({ optional: true, description: 'of the last attempt that has failed' })
  readonly failedAt?: string;

  @OneOf(noticeFailureCodes, { optional: true, description: 'why the last attempt has failed' })
  readonly failure?: string;

  @Text({ free: true, optional: true, description: 'the same in English words' })
  readonly failureWords?: string;
}

/** A way out that is configured. */
export class NoticeGatewayResponse {
  @Code({ description: '`text`, `mail` or `robot/<name>`' })
  readonly gateway: string;

  @OneOf(noticeChannels)
  readonly channel: string;
}
