import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Keystore } from '@yizhan/keystore';
import { Database } from '@yizhan/persistence';

/** A keystore that was put back from a backup may hold keys again that were destroyed since: they go at the start. */
@Injectable()
export class KeepErased implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly keystore: Keystore,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const erased = await this.database.rows<{ person_id: string }>('SELECT person_id FROM station.erasures');
    for (const { person_id: personId } of erased) {
      if (!(await this.keystore.isDestroyed(personId))) await this.keystore.destroy(personId);
    }
  }
}
