/**
 * Calls `work` once for all calls within a time from the first of them on: however fast they come, it is called.
 * `cancel` forgets what waits.
 */
export function gather(
  work: () => void,
  milliseconds: number,
): { readonly call: () => void; readonly cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    call: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        work();
      }, milliseconds);
    },
    cancel: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
