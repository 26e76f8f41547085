export { noticeFailureCodes, type NoticeFailure, type NoticeFailureCode, type Outcome } from './failure.js';
export type { Message, NoticeGateway } from './gateways/notice-gateway.js';
export { channelOf, type NewNotice, type NoticeChannel, type NoticeLanguage, type NoticeState } from './notice.js';
export { NoticeBook } from './notice-book.js';
export {
  dutyAddress,
  type DutySettings,
  type DutyStep,
  gatewayNames,
  type NoticeSettings,
  noticeVariables,
  readNoticeSettings,
} from './notice-settings.js';
export { NoticeSender } from './notice-sender.js';
export { createNoticeTables, dropNoticeTables } from './notice-tables.js';
export { NoticeGatewayResponse, NoticeToPersonResponse, NoticesQuery } from './notices.dto.js';
export { Notices, type NoticesScope } from './notices.reader.js';
export { openGateways } from './open-gateways.js';
export { noticeTemplate, type NoticeTemplate, type NoticeValues } from './templates.js';
