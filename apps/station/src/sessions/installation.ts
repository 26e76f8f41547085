import { Injectable } from '@nestjs/common';
import { Database } from '@yizhan/persistence';

/** Which installation this is: every process on the same data says the same, and a demonstration is another one at each start. */
@Injectable()
export class Installation {
  #known: string | undefined;

  constructor(private readonly database: Database) {}

  /** A UUID. */
  async id(): Promise<string> {
    if (this.#known === undefined) {
      const [row] = await this.database.rows<{ installation_id: string }>(readId);
      if (!row) throw new Error('the row of station.installation is gone');
      this.#known = row.installation_id;
    }
    return this.#known;
  }
}

const readId = 'SELECT installation_id FROM station.installation';
