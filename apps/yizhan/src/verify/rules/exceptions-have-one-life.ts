import { shortName, text, type PlainEvent } from '../plain-event.js';
import type { Check, Rule } from '../rule.js';

interface OpenException {
  readonly subject: string;
  readonly code: string;
  /** Undefined where it was opened by a version that did not say. */
  readonly level?: number;
  readonly isAcknowledged: boolean;
}

const levels = ['operator', 'shift lead', 'command centre'];

/**
 * Rule 10, of exceptions: each is opened once, rises from level to level, is acknowledged once at each of them, and is
 * resolved once; nothing is said of it before or after.
 */
export function exceptionsHaveOneLife(): Rule {
  const open = new Map<string, OpenException>();

  const onOpen =
    (check: (event: PlainEvent, exception: OpenException) => string | undefined): Check =>
    (event) => {
      const id = text(event.data, 'exceptionId');
      const exception = open.get(id);
      const what = shortName(event.type);
      if (!exception) return `${what} names exception ${id}, which was not opened before, or is over`;
      if (exception.subject !== event.subject)
        return `exception ${id} is of ${exception.subject}, not of ${event.subject}`;
      if (exception.code !== text(event.data, 'code'))
        return `exception ${id} is ${exception.code}, not ${text(event.data, 'code')}`;
      return check(event, exception);
    };

  return {
    number: 10,
    on: {
      'exception.opened': ({ data }) => {
        const id = text(data, 'exceptionId');
        return open.has(id) ? `exception ${id} is opened again` : undefined;
      },
      'exception.escalated': onOpen(({ data }, { level }) => {
        const to = levelOf(data['level']);
        if (level === undefined || to === undefined || to > level) return undefined;
        return `exception ${text(data, 'exceptionId')} is escalated from ${levels[level]} to ${levels[to]}`;
      }),
      'exception.acknowledged': onOpen(({ data }, { isAcknowledged }) =>
        isAcknowledged ? `exception ${text(data, 'exceptionId')} is acknowledged twice at one level` : undefined,
      ),
      'exception.assigned': onOpen(() => undefined),
      'exception.noted': onOpen(() => undefined),
      'exception.resolved': onOpen(() => undefined),
    },
    observe: (event) => {
      const name = shortName(event.type);
      if (!name.startsWith('exception.')) return;
      const { data, subject } = event;
      const id = text(data, 'exceptionId');
      const before = open.get(id);
      if (name === 'exception.opened') {
        open.set(id, { subject, code: text(data, 'code'), level: levelOf(data['level']), isAcknowledged: false });
      } else if (name === 'exception.resolved') open.delete(id);
      else if (before && name === 'exception.acknowledged') open.set(id, { ...before, isAcknowledged: true });
      else if (before && name !== 'exception.noted')
        open.set(id, { ...before, level: levelOf(data['level']) ?? before.level, isAcknowledged: false });
    },
  };
}

function levelOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
