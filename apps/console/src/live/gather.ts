/** When work that is asked for again and again is done. */
export interface Gathering {
  /** Milliseconds from the first time that it is asked for: what comes meanwhile is done with it. */
  readonly after: number;
  /** Milliseconds from its end until it may begin again. */
  readonly pause: number;
}

/**
 * Does `work` for all who ask for it, never twice at once: whoever asks while it runs gets it once more afterwards, so
 * that nothing that has happened is missed, and no more is asked of the service than it answers. `cancel` forgets what waits.
 */
export function gather(
  work: () => Promise<unknown>,
  { after, pause }: Gathering,
): { readonly call: () => void; readonly cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  let isAsked = false;
  let isCancelled = false;

  const rest = (): void => {
    timer = setTimeout(() => {
      timer = undefined;
      isRunning = false;
      if (isAsked) begin(0);
    }, pause);
  };
  const begin = (milliseconds: number): void => {
    timer = setTimeout(() => {
      timer = undefined;
      isRunning = true;
      isAsked = false;
      void work().finally(() => {
        if (isCancelled) isRunning = false;
        else rest();
      });
    }, milliseconds);
  };
  return {
    call: () => {
      isCancelled = false;
      if (isRunning) isAsked = true;
      else if (timer === undefined) begin(after);
    },
    cancel: () => {
      clearTimeout(timer);
      timer = undefined;
      isAsked = false;
      isCancelled = true;
    },
  };
}
