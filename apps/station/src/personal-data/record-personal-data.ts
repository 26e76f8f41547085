import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../changes/changes.js';
import type { PersonalAccess } from './personal-access.js';
import { PersonalData } from './personal-data.js';
import { missingIn, type PersonalChanges, type PersonalField, readPersonalChanges } from './personal-fields.js';

export interface RecordPersonalDataInput {
  readonly personId: string;
  readonly changes: PersonalChanges;
  readonly writes: PersonalAccess['writes'];
}

export interface KnownData {
  readonly personId: string;
  readonly known: readonly PersonalField[];
  readonly missing: readonly PersonalField[];
}

/** Records a person's name, phone or identity number, or takes one of them away. What they are is in no answer. */
@Injectable()
export class RecordPersonalData {
  constructor(
    private readonly changes: Changes,
    private readonly data: PersonalData,
  ) {}

  async execute(request: StationRequest, { personId, changes, writes }: RecordPersonalDataInput): Promise<KnownData> {
    const read = readPersonalChanges(changes);
    const sealed = await this.data.seal(personId, read);
    return this.changes.once(await this.data.guarded(request, personId), async ({ tx, at }) => {
      const before = await this.data.knownIn(tx, personId);
      if (writes !== 'all') refuseReplacing(personId, read, before);
      await this.data.put(tx, sealed, at, request.caller);
      const known = await this.data.knownIn(tx, personId);
      return { events: [], answer: { personId, known, missing: missingIn(known) } };
    });
  }
}

function refuseReplacing(personId: string, changes: PersonalChanges, known: readonly PersonalField[]): void {
  const fields = known.filter((field) => changes[field] !== undefined);
  if (fields.length === 0) return;
  const message = `${fields.join(', ')} of ${personId} cannot be changed by you, as it is known already`;
  throw new Problem('forbidden', 'PERSONAL_DATA.KNOWN_ALREADY', message, { personId, fields });
}
