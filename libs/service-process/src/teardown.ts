type Undo = () => Promise<void> | void;

/** What a start has done and the end undoes, the newest first; what fails does not keep the rest. */
export class Teardown {
  readonly #undo: Undo[] = [];
  #running: Promise<void> | undefined;

  constructor(private readonly onFault: (where: string, error: unknown) => void) {}

  add(undo: Undo): void {
    this.#undo.push(undo);
  }

  /** Once, however often it is asked for. */
  run(): Promise<void> {
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    for (const undo of this.#undo.toReversed()) {
      try {
        await undo();
      } catch (error) {
        this.onFault('stopping', error);
      }
    }
  }
}
