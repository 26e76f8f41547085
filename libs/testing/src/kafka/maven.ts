import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KafkaUnavailableError } from './unavailable.js';
import { dependencyPlugin, logBinding } from './versions.js';

/** A Maven project that does nothing but copy Kafka's jars, and those they need to run, to `jars` beside it. */
export const projectFor = (kafkaVersion: string): string => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>yizhan</groupId>
  <artifactId>kafka-for-tests</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${kafkaVersion}</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>${logBinding.artifact}</artifactId>
      <version>${logBinding.version}</version>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <artifactId>maven-dependency-plugin</artifactId>
        <version>${dependencyPlugin}</version>
        <executions>
          <execution>
            <phase>process-resources</phase>
            <goals>
              <goal>copy-dependencies</goal>
            </goals>
            <configuration>
              <includeScope>runtime</includeScope>
              <outputDirectory>\${project.basedir}/jars</outputDirectory>
            </configuration>
          </execution>
        </executions>
      </plugin>
    </plugins>
  </build>
</project>
`;

/**
 * Copies Kafka's jars to `jars` in the folder, with the project that names them beside it.
 * @throws KafkaUnavailableError where Maven is missing or fails.
 */
export async function fetchJars(folder: string, version: string, onProgress: (line: string) => void): Promise<void> {
  await writeFile(join(folder, 'pom.xml'), projectFor(version));
  const maven = spawn('mvn', ['-B', '-f', join(folder, 'pom.xml'), 'process-resources'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  let fetched = 0;
  for (const stream of [maven.stdout, maven.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const count = output.match(/^.*Downloaded .*\.jar/gm)?.length ?? 0;
      if (count < fetched + 10) return;
      fetched = count;
      onProgress(`${fetched} files fetched`);
    });
  }
  const why = await once(maven, 'close').then(
    ([code]) => (code === 0 ? undefined : `Maven could not fetch it (exit ${code}):\n${errorsIn(output)}\nMend that`),
    (error: Error) => `Maven could not be started (${error.message}).\nInstall Maven (mvn)`,
  );
  if (why) {
    throw new KafkaUnavailableError(
      `Apache Kafka ${version} is not in the cache, and ${why}, or name running brokers in KAFKA_BROKERS`,
    );
  }
}

const errorsIn = (output: string): string =>
  output
    .split('\n')
    .filter((line) => /ERROR\S* \w/.test(line))
    .slice(0, 2)
    .join('\n');
