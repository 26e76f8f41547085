import { type PlainEvent, shortName, text } from '../plain-event.js';
import type { Rule } from '../rule.js';

interface OpenCase {
  readonly cause: string;
  readonly owner: string;
  readonly isAccepted: boolean;
}

/**
 * Rule 10, of cases: each is opened once, of one cause one at a time, accepted once by whoever has to act, handed over from whoever
 * had to, and closed once; nothing is said of it before or after. Judged in the area that it is about, which hears everything.
 */
export function casesHaveOneLife(): Rule {
  const open = new Map<string, OpenCase>();
  const byCause = new Map<string, string>();
  const isOwn = ({ partitionkey, data }: PlainEvent): boolean => partitionkey === text(data, 'areaCode');

  const onOpen =
    (check: (event: PlainEvent, found: OpenCase, id: string) => string | undefined = () => undefined) =>
    (event: PlainEvent): string | undefined => {
      if (!isOwn(event)) return undefined;
      const id = text(event.data, 'caseId');
      if (event.subject !== `case/${id}`) return `case ${id} is told of at ${event.subject}`;
      const found = open.get(id);
      if (!found) return `${shortName(event.type)} names case ${id}, which was not opened before, or is over`;
      return check(event, found, id);
    };
  const staysWith = ({ data }: PlainEvent, { owner }: OpenCase, id: string): string | undefined =>
    text(data, 'ownerAreaCode') === owner ? undefined : `case ${id} is ${owner}’s, and was not handed over`;

  return {
    number: 10,
    on: {
      'case.opened': (event) => {
        if (!isOwn(event)) return undefined;
        const id = text(event.data, 'caseId');
        if (open.has(id)) return `case ${id} is opened again`;
        const other = byCause.get(causeOf(event));
        return other === undefined ? undefined : `case ${id} is opened for what case ${other} is open for`;
      },
      'case.accepted': onOpen((event, found, id) =>
        found.isAccepted ? `case ${id} is accepted twice` : staysWith(event, found, id),
      ),
      'case.handed_over': onOpen(({ data }, { owner }, id) =>
        text(data, 'fromAreaCode') === owner
          ? undefined
          : `case ${id} is handed over by ${text(data, 'fromAreaCode')}, but is ${owner}’s`,
      ),
      'case.due_moved': onOpen(staysWith),
      'case.noted': onOpen(staysWith),
      'case.overdue': onOpen(staysWith),
      'case.closed': onOpen(staysWith),
    },
    observe: (event) => {
      const name = shortName(event.type);
      if (!name.startsWith('case.') || !isOwn(event)) return;
      const id = text(event.data, 'caseId');
      const before = open.get(id);
      const owner = text(event.data, 'ownerAreaCode');
      if (name === 'case.opened') {
        const cause = causeOf(event);
        open.set(id, { cause, owner, isAccepted: false });
        byCause.set(cause, id);
      } else if (name === 'case.closed') {
        open.delete(id);
        if (before && byCause.get(before.cause) === id) byCause.delete(before.cause);
      } else if (before && name === 'case.accepted') open.set(id, { ...before, isAccepted: true });
      else if (before && name === 'case.handed_over') open.set(id, { ...before, owner, isAccepted: false });
    },
  };
}

/** An alert that comes again has another id, so its cause is only as exact as the log is: the same alert, the same exception. */
const causeOf = ({ data }: PlainEvent): string =>
  `${text(data, 'areaCode')} ${text(data, 'cause')} ${text(data, 'causeId')}`;
