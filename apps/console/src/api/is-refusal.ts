/**
 * Whether an answer says for certain that the change was not made: the next try is another change, with a key of its own.
 * After anything else it may have been made, or be under way (409 says that too), and the same key tells the service so.
 */
export const isRefusal = (status: number): boolean => status >= 400 && status < 500 && status !== 409 && status !== 429;
