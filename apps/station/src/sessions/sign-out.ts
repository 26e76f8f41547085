import { Injectable } from '@nestjs/common';
import { digestOfSecret } from '@yizhan/identity';
import { Clock } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';

/** Ends the session of a refresh token; of one that is unknown or ended there is nothing to end. */
@Injectable()
export class SignOut {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async execute(refreshToken: string): Promise<void> {
    await this.database.rows(endByToken, [digestOfSecret(refreshToken), this.clock.now()]);
  }
}

const endByToken = `
  UPDATE station.sessions s SET ended_at = to_timestamp($2::double precision / 1000), end_reason = 'signed_out'
  FROM station.refresh_tokens t WHERE t.digest = $1 AND s.session_id = t.session_id AND s.ended_at IS NULL`;
