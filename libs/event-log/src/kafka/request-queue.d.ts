/** What is asked of kafkajs's queue of requests, one for each connection, which its types leave out. */
declare module 'kafkajs/src/network/requestQueue/index.js' {
  const RequestQueues: {
    readonly prototype: {
      readonly pending: readonly unknown[];
      scheduleCheckPendingRequests(): void;
    };
  };
  export default RequestQueues;
}
