import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { GateStatements } from '../gate/gate-statement.js';
import { PersonalData } from '../personal-data/personal-data.js';

/** Whose look at a phone it is, where somebody asks who has looked. */
const reader = 'system:notices';
const atGate = 'gate:';

/** Where a person is reached now. His number is read for each attempt, which is recorded, and kept nowhere. */
@Injectable()
export class ReachPerson {
  constructor(
    private readonly data: PersonalData,
    private readonly statements: GateStatements,
  ) {}

  /** @param recipient such as `driver:R1`, `carrier:C1`, or `gate:<visitId>` for who has said there that he brings a truck. */
  async execute(recipient: string): Promise<string | undefined> {
    if (!recipient.startsWith(atGate)) {
      const found = await this.data.readMany([recipient], ['phone'], { caller: reader });
      return found.get(recipient)?.phone;
    }
    try {
      return (await this.statements.read(recipient.slice(atGate.length), reader)).phone;
    } catch (error) {
      // Its time was over.
      if (error instanceof Problem && error.kind === 'not_found') return undefined;
      throw error;
    }
  }
}
