import { Injectable } from '@nestjs/common';
import type { EventData } from '@yizhan/contracts';
import { newEvent } from '@yizhan/event-log';
import { given } from '../../cases/given.js';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { enterpriseNotFound, type Readiness } from './enterprise.js';
import type { EnterpriseAnswer } from './register-enterprise.js';

/** What an enterprise counts for in the capacity kept: see `enterprise.described`. */
export type EnterpriseDescription = EventData['enterprise.described'];

/** Records what an enterprise counts for in the capacity kept of its county, in place of what was said before. */
@Injectable()
export class DescribeEnterprise {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, description: EnterpriseDescription): Promise<EnterpriseAnswer> {
    const { enterpriseId } = description;
    return this.changes.once(request, async (change) => {
      const [after] = await change.tx.rows<Described>(describeEnterprises, [JSON.stringify([description])]);
      if (!after) throw enterpriseNotFound(enterpriseId);
      return { events: [eventOfDescription(description, after.areaCode, change.at)], answer: after };
    });
  }
}

export const eventOfDescription = (description: EnterpriseDescription, areaCode: string, time: number) => {
  const { enterpriseId, countyCode, aboveScale, outputWeight, usualLoadsInPerDay, usualLoadsOutPerDay } = description;
  return newEvent({
    name: 'enterprise.described',
    subject: `enterprise/${enterpriseId}`,
    areaCode,
    time,
    data: {
      enterpriseId,
      countyCode,
      aboveScale,
      outputWeight,
      ...given({ usualLoadsInPerDay, usualLoadsOutPerDay }),
    },
  });
};

export interface Described {
  readonly enterpriseId: string;
  readonly areaCode: string;
  readonly readiness: Readiness;
  readonly version: number;
}

/** Of a list of descriptions as JSON. */
export const describeEnterprises = `
  UPDATE station.enterprises e
  SET county_code = r."countyCode", above_scale = r."aboveScale", output_weight = r."outputWeight",
      usual_loads_in = r."usualLoadsInPerDay", usual_loads_out = r."usualLoadsOutPerDay", version = e.version + 1
  FROM json_to_recordset($1) AS r("enterpriseId" text, "countyCode" text, "aboveScale" boolean, "outputWeight" double precision,
    "usualLoadsInPerDay" double precision, "usualLoadsOutPerDay" double precision)
  WHERE e.enterprise_id = r."enterpriseId"
  RETURNING e.enterprise_id AS "enterpriseId", e.area_code AS "areaCode", e.readiness, e.version`;
