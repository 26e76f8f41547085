import { useQueryClient } from '@tanstack/react-query';
import { useChange } from '../api/use-change.js';

/** A change of what the command centre of an area shows: all of it is read anew afterwards. */
export function useAreaChange<Input, Answer>(
  areaCode: string,
  run: Parameters<typeof useChange<Input, Answer>>[0],
  onDone?: () => void,
) {
  const client = useQueryClient();
  return useChange(run, () => {
    void client.invalidateQueries({ queryKey: ['centre', areaCode] });
    onDone?.();
  });
}
