/** The releases of Apache Kafka that this repository is tested with: the only place that names them. */
export const kafkaVersions = {
  /** The newest; what tests and `npm run kafka:up` take unless told otherwise. */
  current: '4.4.0',
  /** The last line before 4, which many still run: its brokers speak older protocols too. */
  previous: '3.9.2',
} as const;

/** The Java that the brokers of a release need, as the number of its feature release. */
export const leastJavaFor = (version: string): number => (Number(version.split('.')[0]) >= 4 ? 17 : 11);

/** Goes with the slf4j-api 1.7 that every Kafka so far depends on, and writes to stderr without configuration. */
export const logBinding = { artifact: 'slf4j-simple', version: '1.7.36' } as const;

export const dependencyPlugin = '3.8.1';
