import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ProblemError } from '@yizhan/client';
import { useRef } from 'react';
import { isRefusal } from './is-refusal.js';
import { newId } from './new-id.js';
import { asking, keyed } from './yizhan.js';

type Keyed = ReturnType<typeof keyed>;

/**
 * A change that is asked for once: what got no answer is sent again with the same key, so that it is not done twice.
 * Everything that is shown is looked at anew afterwards.
 */
export function useChange<Input, Answer>(
  run: (input: Input, headers: Keyed) => Promise<Answer>,
  onDone?: (answer: Answer, input: Input) => void,
) {
  const client = useQueryClient();
  const unanswered = useRef<{ readonly of: string; readonly key: string }>(undefined);
  return useMutation({
    mutationFn: async (input: Input) => {
      const of = JSON.stringify(input);
      const key = unanswered.current?.of === of ? unanswered.current.key : newId();
      unanswered.current = { of, key };
      try {
        const answer = await asking(() => run(input, keyed(key)));
        unanswered.current = undefined;
        return answer;
      } catch (error) {
        if (error instanceof ProblemError && isRefusal(error.problem.status)) unanswered.current = undefined;
        throw error;
      }
    },
    onSuccess: (answer, input) => onDone?.(answer, input),
    onSettled: () => client.invalidateQueries({ queryKey: ['station'] }),
  });
}
