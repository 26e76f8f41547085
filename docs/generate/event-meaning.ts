/** What an event says and when it comes, one sentence or two for whoever connects a system. */
export interface EventMeaning {
  readonly zh: string;
  readonly en: string;
}
