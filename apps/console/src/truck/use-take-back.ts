import { type About, aboutOf } from '../offline/step-kinds.js';
import { useStep } from '../offline/use-steps.js';
import type { LoggedEvent } from './retractable.js';

/** Takes an event of a visit back as never having occurred; it stays in the history as taken back. */
export function useTakeBack(visit: About, onDone?: () => void) {
  const { mutate, error, isPending } = useStep(aboutOf(visit), onDone);
  const takeBack = ({ id: eventId, subject }: LoggedEvent): void => {
    const [, ...subjectId] = subject.split('/');
    const body = {
      subjectKind: 'visit',
      subjectId: subjectId.join('/'),
      eventId,
      reason: 'did_not_occur',
    } as const;
    mutate([{ kind: 'taking_back', body }]);
  };
  return { takeBack, error, isPending };
}
