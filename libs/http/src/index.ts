export { LengthWithin } from './field-rules.js';
export { CurrentRequest, hashOf, toChangeRequest } from './change-request.js';
export type { ChangeRequest, RawRequest } from './change-request.js';
export { EventDocument } from './event-document.js';
export { EventContractModule } from './event-contract.module.js';
export {
  CalendarDay,
  AnyObject,
  CentreAccount,
  Code,
  codePattern,
  PersonCode,
  personCodePattern,
  Codes,
  Flag,
  Instant,
  Lines,
  ListOf,
  Nested,
  OneOf,
  Opaque,
  Password,
  PinField,
  Quantity,
  RequestKey,
  Sha256,
  Text,
  TimeOfDay,
  uuidPattern,
  Uuid,
  WholeNumber,
  WholeNumbers,
} from './fields.js';
export type { FieldOptions } from './fields.js';
export { consumersProgress, databaseAnswers, migrationsFit } from './health-checks.js';
export type { HealthCheck, HealthVerdict } from './health-checks.js';
export { HealthModule } from './health.module.js';
export { httpAdapter, prepareHttp } from './http-app.js';
export type { HttpSettings } from './http-app.js';
export { instantOf } from './instants.js';
export { buildOpenApi, serveOpenApi } from './open-api.js';
export type { OpenApiSettings } from './open-api.js';
export { OwnRows, ownRowsKey } from './own-rows.js';
export { ApiPage, NumberInAddress, PageQuery, pageOf, Separated } from './page.js';
export type { Page } from './page.js';
export { BuiltPages } from './pages/built-pages.js';
export { CodeParam, Sha256Param, UuidParam } from './params.js';
export { SentPhoto, TakesPhoto } from './photo-upload.js';
export type { PhotoUpload } from './photo-upload.js';
export { problemDetails, statusOfProblem } from './problem-details.js';
export type { ProblemDetails } from './problem-details.js';
export { ProblemFilter } from './problem-filter.js';
export type { ReportFault } from './problem-filter.js';
export { answerUnreadable } from './refused-early.js';
export { headersOf } from './security-headers.js';
export type { RateLimits } from './rate-limits.js';
export { strictInput } from './strict-input.js';
export { BodyUpTo } from './large-bodies.js';
export { csvType, largestUpload, TheUpload, Upload, xlsxType } from './uploads.js';
export type { UploadedFile, UploadType } from './uploads.js';
