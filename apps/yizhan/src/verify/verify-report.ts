/** The event that shows a violation, and a sentence that says what is wrong. */
export interface Violation {
  /** Place in the log as the event states it; the line number where the event cannot be read. */
  position: string;
  id: string;
  subject: string;
  message: string;
}

/** What one rule found over the whole log. */
export interface RuleReport {
  /** Number of the rule in the event contract; 0 is the form of the lines. */
  rule: number;
  title: string;
  /** How many times the rule was applied. */
  checked: number;
  violations: number;
  first?: Violation;
}

/** The verdict on an export. */
export interface VerifyReport {
  ok: boolean;
  /** Lines that hold an event, readable or not. */
  events: number;
  /** Events of types that this version does not know, by type: well formed, in the chain, not interpreted. */
  unknownTypes: Record<string, number>;
  /** Whether each line is an event of the contract's form (rule 0). */
  form: RuleReport;
  /** The ten rules of the contract, in order. */
  rules: RuleReport[];
}
