export type * from './policy-rules.js';
export { PolicyError, type PolicyErrorCode } from './policy-error.js';
export { weightsOf } from './cost-weights.js';
export { retentionOf } from './retention.js';
export { policyPack, policyPackIds } from './policy-pack.js';
export { readPolicyPack, readPolicyRules } from './read-policy-pack.js';
export {
  type ExceptionCode,
  exceptionCodes,
  type ExceptionRole,
  exceptionRoles,
  type ExceptionRule,
  exceptionRule,
  type ExceptionStep,
  outlastingVisits,
} from './exceptions/exception-rules.js';
export { isOnLane, type Lane, nextPassAt, throttleExemptFrom, throttleWindowMillis } from './lane-throttle.js';
export { licenceCovers } from './licence-covers.js';
export { checkItems, checkTemplate, knownCheckItems } from './check-items.js';
export { checksNeeded, credentialsNeeded } from './requirements.js';
export { drivenStretches, type DriverActivity, type Stretch } from './hours/driven-stretches.js';
export { driverClockAt, type DriverClock } from './hours/driver-clock.js';
export { pruneActivity } from './hours/prune-activity.js';
export { hoursVerdict, type HoursVerdict } from './hours/hours-verdict.js';
export type { HoursBlock, HoursRuleVerdict, PlannedDriving } from './hours/hours-rule-verdict.js';
export { doesNotDriveInTheSmallHours } from './hours/does-not-drive-in-the-small-hours.js';
export { restsAfterContinuousDriving } from './hours/rests-after-continuous-driving.js';
export { restsAfterNightDriving } from './hours/rests-after-night-driving.js';
export { staysWithinDailyDriving } from './hours/stays-within-daily-driving.js';
export {
  checkEligibility,
  eligibilityBlocks,
  judgeEligibility,
  type Eligibility,
  type EligibilityRuleName,
  type EligibilityVerdict,
  type StandingBlock,
} from './eligibility/check-eligibility.js';
export type { DriverFacts, HeldCredential, SwapNeeds } from './eligibility/driver-facts.js';
