import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../../changes/changes.js';

export interface CreateAreaInput {
  readonly areaCode: string;
  readonly name: string;
}

/** Opens an area: the pool of relay drivers and stations that everything else belongs to. */
@Injectable()
export class CreateArea {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { areaCode, name }: CreateAreaInput): Promise<CreateAreaInput> {
    return this.changes.once(request, async ({ tx }) => {
      const made = await tx.rows(insertArea, [areaCode, name]);
      if (made.length === 0)
        throw new Problem('conflict', 'AREA.ALREADY_EXISTS', `the area ${areaCode} exists already`);
      return { events: [], answer: { areaCode, name } };
    });
  }
}

const insertArea = `INSERT INTO station.areas (area_code, name) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING area_code`;
