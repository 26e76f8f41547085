import { useQuery } from '@tanstack/react-query';
import { asking, yizhan } from '../api/yizhan.js';
import { useTexts } from '../i18n/use-texts.js';
import { isToCome } from '../offline/logged-step.js';
import { useCaller } from '../session/use-session.js';
import { carrierText, type NamedKind, nameText } from './name-text.js';

const reads: Readonly<Record<NamedKind, (id: string) => Promise<string | null>>> = {
  driver: async (id) => (await yizhan.personalData.read({ path: { personId: `driver:${id}` } })).name ?? null,
  carrier: async (carrierId) => (await yizhan.carriers.read({ path: { carrierId } })).name,
  enterprise: async (enterpriseId) => (await yizhan.enterprises.read({ path: { enterpriseId } })).name,
  area: async (areaCode) => (await yizhan.areas.read({ path: { areaCode } })).name,
  station: async (stationCode) => (await yizhan.stations.read({ path: { stationCode } })).name,
};

/** Who may know what drivers are called; nobody else asks. */
const callDrivers: ReadonlySet<string> = new Set(['operator', 'shift_lead', 'administrator']);

/** Asked for once by a page: each look at a driver's name is recorded. */
const nameQuery = (kind: NamedKind, id: string) => ({
  queryKey: ['names', kind, id],
  queryFn: () => asking(() => reads[kind](id)),
  staleTime: Infinity,
  retry: false,
});

/**
 * What somebody is called, before his id: `张三 (O-17)`. The id alone until it is known, where he has no name or has let it be erased,
 * and where whoever works here may not know it. A driver's name is personal data: it is shown where one truck is looked at, kept on
 * no device, and not asked for by lists.
 */
export function useName(kind: NamedKind, id: string | undefined): string {
  const { t } = useTexts();
  const isKnown = id !== undefined && id !== '' && !isToCome(id);
  const { data: caller } = useCaller();
  const isAsked = isKnown && (kind !== 'driver' || (caller !== undefined && callDrivers.has(caller.role)));
  const { data: name } = useQuery({ ...nameQuery(kind, id ?? ''), enabled: isAsked });
  if (id === undefined) return '';
  if (isToCome(id)) return t('offline.new_person');
  return kind === 'carrier' ? carrierText(name, id, t('names.unnamed_carrier')) : nameText(name, id);
}
