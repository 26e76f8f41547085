/** What each name may stand for: `homeStationCode` and `stationCodes` are known as `stationCode`. */
const names = [
  'accountId',
  'areaCode',
  'bayCode',
  'carrierId',
  'check',
  'consignmentId',
  'countyCode',
  'driverId',
  'dutyId',
  'enterpriseId',
  'eventId',
  'exceptionId',
  'handoffId',
  'handoverId',
  'holdId',
  'keyId',
  'noteHash',
  'passId',
  'personId',
  'placeId',
  'planId',
  'plate',
  'policyId',
  'policyVersion',
  'refreshToken',
  'runId',
  'sealNumber',
  'secondId',
  'sha256',
  'stationCode',
  'subjectId',
  'visitId',
  'zoneId',
  'next',
];
const mostOfName = 30;
const mostRequests = 6;

/** Names under which a thing is also asked for. */
const aliases: Readonly<Record<string, string>> = {
  after: 'next',
  area: 'areaCode',
  bays: 'bayCode',
  'consignments.id': 'consignmentId',
  'endsAt.id': 'stationCode',
  'from.id': 'driverId',
  'items.id': 'consignmentId',
  'person.id': 'driverId',
  place: 'stationCode',
  'policy.id': 'policyId',
  'policy.version': 'policyVersion',
  station: 'stationCode',
  subjectId: 'visitId',
  'to.id': 'driverId',
};

export interface KnownRequest {
  /** Percent-encoded, without a query. */
  readonly path: string;
  readonly body: unknown;
}

/** Ids, codes and digests of what is in the database, learned from answers, so that requests get further than a 404. */
export class KnownValues {
  readonly #known = new Map<string, string[]>();
  readonly #requests = new Map<string, KnownRequest[]>();

  /** One that `field` of a `parent` may be, undefined where none is known; the same number gives another one later. */
  pick(field: string, parent: string, number: number): string | undefined {
    const values = this.#known.get(nameOf(field, parent) ?? '');
    return values?.[values.length - 1 - (number % values.length)];
  }

  learn(name: string, ...values: readonly string[]): void {
    const known = this.#known.get(name) ?? [];
    const fresh = values.filter((value) => !known.includes(value));
    this.#known.set(name, [...known, ...fresh].slice(-mostOfName));
  }

  /** Requests that an operation has accepted lately, or should accept. */
  requestsOf(operationId: string): readonly KnownRequest[] {
    return this.#requests.get(operationId) ?? [];
  }

  /** Remembers what is asked with success, to ask for much the same. */
  learnRequest(operationId: string, request: KnownRequest): void {
    this.#requests.set(operationId, [...this.requestsOf(operationId), request].slice(-mostRequests));
  }

  /** Remembers everything in an answer that has such a name. */
  learnFrom(answer: unknown, field = '', parent = ''): void {
    if (typeof answer === 'string') {
      const name = nameOf(field, parent);
      if (name !== undefined && answer.length <= 200) this.learn(name, answer);
    } else if (Array.isArray(answer)) {
      for (const item of answer.slice(0, 5)) this.learnFrom(item, field, parent);
    } else if (typeof answer === 'object' && answer !== null) {
      for (const [key, value] of Object.entries(answer)) this.learnFrom(value, key, field);
    }
  }
}

function nameOf(field: string, parent: string): string | undefined {
  const alias = aliases[`${parent}.${field}`] ?? aliases[field];
  if (alias !== undefined) return alias;
  const asked = field.replace(/s$/, '').toLowerCase();
  return names.find((name) => asked.endsWith(name.toLowerCase()));
}
