import { fold } from './fold.js';
import { knownTypes } from './known-types.js';
import { shortName, type PlainEvent } from './plain-event.js';
import { readEvent } from './read-event.js';
import { ruleTitles, type Check, type Rule } from './rule.js';
import { contractRules } from './rules.js';
import type { RuleReport, VerifyReport, Violation } from './verify-report.js';
import { World } from './world.js';

/** What a caller may ask of a run. */
export interface VerifyOptions {
  /** Told the number of events read so far, every ten thousand. */
  onProgress?: (events: number) => void;
}

const PROGRESS_EVERY = 10_000;

/**
 * Reads an export (one event as JSON a line, blank lines skipped) once and says whether it keeps the ten rules of the
 * event contract. Uses nothing but the export: none of the services' code, no database, no clock.
 */
export async function verifyExport(lines: AsyncIterable<string>, options: VerifyOptions = {}): Promise<VerifyReport> {
  const run = new Verification();
  for await (const line of lines) {
    if (line.trim() === '') continue;
    run.read(line);
    if (run.events % PROGRESS_EVERY === 0) options.onProgress?.(run.events);
  }
  return run.report();
}

class Verification {
  events = 0;
  private readonly world = new World();
  private readonly rules: readonly Rule[] = contractRules();
  private readonly reports: RuleReport[] = ruleTitles.map((title, rule) => ({
    rule,
    title,
    checked: 0,
    violations: 0,
  }));
  private readonly unknownTypes = new Map<string, number>();
  private readonly checksByName = new Map<string, readonly (readonly [number: number, check: Check])[]>();
  private last?: PlainEvent;

  read(line: string): void {
    this.events += 1;
    const { event, fault } = readEvent(line);
    const form = this.reports[0];
    form.checked += 1;
    if (fault) this.violated(form, event ?? { position: String(this.events), id: '', subject: '' }, fault);
    if (!event) return;
    const name = shortName(event.type);
    if (!knownTypes.has(name)) this.unknownTypes.set(event.type, (this.unknownTypes.get(event.type) ?? 0) + 1);
    this.last = event;
    // The chain is checked even where the data is at fault; a correction of what was told before is no second fact.
    const isCorrection = this.world.replacements.has(event.id);
    for (const [number, check] of this.checksFor(name)) {
      if (number === 1 || (!fault && (!isCorrection || number === 10))) this.apply(number, check, event);
    }
    if (fault) return;
    for (const rule of this.rules) rule.observe?.(event, this.world);
    fold(event, this.world);
  }

  report(): VerifyReport {
    for (const rule of this.rules) {
      if (!this.last) break;
      const report = this.reports[rule.number];
      for (const found of rule.atEnd?.(this.world, this.last) ?? []) this.violated(report, found, found.message);
    }
    const [form, ...rules] = this.reports;
    const ok = this.reports.every(({ violations }) => violations === 0);
    return { ok, events: this.events, unknownTypes: Object.fromEntries(this.unknownTypes), form, rules };
  }

  private checksFor(name: string): readonly (readonly [number, Check])[] {
    let checks = this.checksByName.get(name);
    if (!checks) {
      checks = this.rules.flatMap(({ number, on, onEvery }) =>
        [on?.[name], onEvery].filter((check) => check !== undefined).map((check) => [number, check] as const),
      );
      this.checksByName.set(name, checks);
    }
    return checks;
  }

  private apply(number: number, check: Check, event: PlainEvent): void {
    const report = this.reports[number];
    report.checked += 1;
    const message = check(event, this.world);
    if (message) this.violated(report, event, message);
  }

  private violated(report: RuleReport, at: Omit<Violation, 'message'>, message: string): void {
    report.violations += 1;
    const { position, id, subject } = at;
    report.first ??= { position, id, subject, message };
  }
}
