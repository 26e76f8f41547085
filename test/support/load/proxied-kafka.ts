import { freePorts, LocalKafka } from '@yizhan/testing';
import { KafkaProxy } from './kafka-proxy.js';

/** One broker that can be reached through a proxy alone. */
export interface ProxiedKafka {
  readonly kafka: LocalKafka;
  readonly proxy: KafkaProxy;
  close(): Promise<void>;
}

export async function startProxiedKafka(): Promise<ProxiedKafka> {
  const [proxyPort = 0, brokerPort = 0] = await freePorts(2);
  const proxy = await KafkaProxy.listen(proxyPort, brokerPort);
  const kafka = await LocalKafka.start({
    brokers: 1,
    port: brokerPort,
    brokerSettings: { 'advertised.listeners': `BROKER://127.0.0.1:${proxyPort}` },
  });
  return {
    kafka,
    proxy,
    close: async () => {
      await kafka.stop();
      await proxy.close();
    },
  };
}
