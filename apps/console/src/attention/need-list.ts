import { type NeedKind, needKinds, type Needs } from './needs.js';

interface ListedVisit {
  readonly visitId: string;
  readonly plate: string;
  readonly plateColour?: string;
  readonly arrivedAt?: string;
}

interface ListedRequest {
  readonly overrideRequestId: string;
  readonly plate: string;
}

interface ListedException {
  readonly code: string;
  readonly visitId?: string;
  readonly openedAt: string;
}

/** Something that needs a person, and the page where it is seen to, below that of the station or by itself. */
export interface ListedNeed {
  readonly name: string;
  readonly kind: NeedKind;
  readonly to: string;
  readonly plate?: string | undefined;
  readonly plateColour?: string | undefined;
  readonly since?: string | undefined;
}

/** What needs a person, by how much it hurries and then by how long it waits: as many as are counted. */
export function needList(
  needs: Needs,
  {
    visits,
    overrideRequests,
  }: { readonly visits: readonly ListedVisit[]; readonly overrideRequests: readonly ListedRequest[] },
): readonly ListedNeed[] {
  const byVisit = new Map(visits.map((visit) => [visit.visitId, visit]));
  const byRequest = new Map(overrideRequests.map((request) => [request.overrideRequestId, request]));
  return [...needs]
    .map(([name, kind]): ListedNeed => {
      const id = name.split(':')[1] ?? '';
      if (kind === 'exception') return { name, kind, to: 'exceptions' };
      if (kind === 'override') return { name, kind, to: 'overrides', plate: byRequest.get(id)?.plate };
      const { plate, plateColour, arrivedAt: since } = byVisit.get(id) ?? {};
      return { name, kind, to: `/truck/${id}`, plate, plateColour, since };
    })
    .toSorted(
      (one, other) =>
        needKinds.indexOf(one.kind) - needKinds.indexOf(other.kind) ||
        (one.since ?? '').localeCompare(other.since ?? ''),
    );
}

/** An exception with what it is, of which truck and since when, where that is known; the board counts them alone. */
export function told(
  need: ListedNeed,
  exceptions: readonly ListedException[],
  visits: readonly ListedVisit[],
): ListedNeed & { readonly code?: string } {
  const exception = need.kind === 'exception' ? exceptions[Number(need.name.split(':')[1]) - 1] : undefined;
  if (!exception) return need;
  const visit = visits.find(({ visitId }) => visitId === exception.visitId);
  const { plate, plateColour } = visit ?? {};
  return { ...need, code: exception.code, plate, plateColour, since: exception.openedAt };
}
