import { newId } from './new-id.js';

/** Gives each change its key: what got no answer is asked again with the same one, so that it is not done twice. */
export class ChangeKeys<Input> {
  #unanswered: { readonly of: string; readonly key: string } | undefined;

  /** For what is asked now, which may be nothing but the change itself. */
  keyFor(input: Input): string {
    // Within a list, as `undefined` alone has no text.
    const of = JSON.stringify([input]);
    const key = this.#unanswered?.of === of ? this.#unanswered.key : newId();
    this.#unanswered = { of, key };
    return key;
  }

  /** It was done, or refused for good. */
  answered(): void {
    this.#unanswered = undefined;
  }
}
