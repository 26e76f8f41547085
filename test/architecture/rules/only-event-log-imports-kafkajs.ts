import { isWithin } from '../places.js';
import { type Rule, eachImport } from '../rule.js';

/** Files besides that may import it, each with its reason. */
const mayImportIt: Readonly<Record<string, string>> = {
  'test/load/ground/bare-kafka.ts': 'the peer of the benchmarks is kafkajs itself',
};

export const onlyEventLogImportsKafkajs: Rule = {
  id: 'only-event-log-imports-kafkajs',
  name: 'Only libs/event-log imports kafkajs',
  instead: 'publish and consume through @yizhan/event-log, which hides the transport',
  check: eachImport(
    (importer, { specifier }) =>
      /^kafkajs(\/|$)/.test(specifier) && !isWithin('libs/event-log', importer) && !(importer in mayImportIt),
  ),
};
