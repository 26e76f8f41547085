export { AddressRules, addressRulesOf, anyAddress } from './addresses/address-rules.js';
export { readEndpointUrl } from './addresses/endpoint-url.js';
export { NoAddress, type ResolveHost } from './addresses/resolve-host.js';
export { RefusedAddress } from './addresses/safe-connector.js';
export { type Answer, EndpointClient, type EndpointClientSettings } from './endpoint-client.js';
export { type Failure, type FailureCode, failureCodes, failureOf } from './failure.js';
export { nextAttemptAt, readRetryAfter, retryDelays } from './retry-schedule.js';
