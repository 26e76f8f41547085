import { createDataSource, Database, type DataSourceSettings, type ServicePlace } from '@yizhan/persistence';
import type { DatabaseServer } from './database-server.js';

/** One role's way to its schema. */
export async function openPlace(
  server: DatabaseServer,
  { schema, role }: ServicePlace,
  poolSize: number,
  entities: DataSourceSettings['entities'] = [],
): Promise<Database> {
  const source = createDataSource({ connection: server.as(role), applicationName: role, schema, poolSize, entities });
  await source.initialize();
  return new Database(source);
}
