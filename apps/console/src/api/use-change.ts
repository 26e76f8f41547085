import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ProblemError } from '@yizhan/client';
import { useState } from 'react';
import { ChangeKeys } from './change-keys.js';
import { isRefusal } from './is-refusal.js';
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
  const [keys] = useState(() => new ChangeKeys<Input>());
  return useMutation({
    mutationFn: async (input: Input) => {
      const key = keys.keyFor(input);
      try {
        const answer = await asking(() => run(input, keyed(key)));
        keys.answered();
        return answer;
      } catch (error) {
        if (error instanceof ProblemError && isRefusal(error.problem.status)) keys.answered();
        throw error;
      }
    },
    onSuccess: (answer, input) => onDone?.(answer, input),
    onSettled: () => client.invalidateQueries({ queryKey: ['station'] }),
  });
}
