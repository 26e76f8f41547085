import type { Configuration } from '../runtime/config.js';
import type { DataDirectory } from '../runtime/data/data-directory.js';

export type CheckState = 'ok' | 'warn' | 'fail';

/** What one check found. */
export interface Finding {
  readonly state: CheckState;
  /** What is so, as one line. */
  readonly says: string;
  /** What to do about it; always there where the state is not `ok`. */
  readonly mend?: string;
}

export interface DoctorContext {
  readonly directory: DataDirectory;
  readonly configuration: Configuration;
}

/** One thing that must be right for Yizhan to run here. */
export interface Check {
  readonly name: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly look: (context: DoctorContext) => Finding | Promise<Finding>;
}

export const ok = (says: string): Finding => ({ state: 'ok', says });
export const warn = (says: string, mend: string): Finding => ({ state: 'warn', says, mend });
export const fail = (says: string, mend: string): Finding => ({ state: 'fail', says, mend });
