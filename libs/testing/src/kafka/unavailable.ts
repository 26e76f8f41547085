/** What starting a Kafka needs is not on this machine: `message` says what is missing and how to mend it. */
export class KafkaUnavailableError extends Error {
  override readonly name = 'KafkaUnavailableError';
}
