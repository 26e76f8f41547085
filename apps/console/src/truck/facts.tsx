import { Descriptions } from 'antd';
import { useTexts } from '../i18n/use-texts.js';
import { isNamed } from '../names/name-text.js';
import { useName } from '../names/use-names.js';
import { isToCome } from '../offline/logged-step.js';
import { CorrectLicence } from './correct-licence.js';
import type { Truck } from './use-truck.js';

/** Who answers for the truck, what it carries, and what is recorded of its handoff. */
export function Facts({ truck: shown, mayCorrect }: { readonly truck: Truck; readonly mayCorrect: boolean }) {
  const { visit, handoff, truck } = shown;
  const { t, codeText, dateTimeOf } = useTexts();
  const { custodian } = truck ?? {};
  const carrierId = isToCome(visit.carrierId) ? undefined : visit.carrierId;
  const custodianName = useName(isNamed(custodian?.kind) ? custodian.kind : 'station', custodian?.id);
  const driver = useName('driver', handoff?.driverId);
  const carrier = useName('carrier', carrierId);
  const lines: [string, string | undefined][] = [
    [t('facts.custodian'), custodian && `${codeText('party', custodian.kind)} ${custodianName}`],
    [t('facts.driver'), handoff?.driverId && driver],
    [t('facts.carrier'), carrierId && carrier],
    [t('facts.seal'), truck?.sealNumber],
    [t('facts.licence'), truck?.licenceRequired],
    [t('facts.bay'), handoff?.bayCode ?? visit.calledBayCode],
    [
      t('facts.cargo'),
      visit.consignments
        .map(({ category, tonnes }) => `${category}${tonnes === undefined ? '' : ` ${tonnes} t`}`)
        .join(', ') || undefined,
    ],
    [t('facts.expected'), visit.expectedAt && dateTimeOf(visit.expectedAt)],
    [t('facts.arrived'), visit.arrivedAt && dateTimeOf(visit.arrivedAt)],
    [t('facts.custody_at'), handoff?.custodyAt && dateTimeOf(handoff.custodyAt)],
    [
      t('facts.held_for'),
      visit.held ? visit.holdReasons.map((reason) => codeText('reason', reason)).join(', ') : undefined,
    ],
  ];
  const known = lines.filter((line): line is [string, string] => line[1] !== undefined);
  return (
    <section className="panel">
      <h2>{t('facts.title')}</h2>
      <Descriptions
        size="small"
        column={1}
        items={known.map(([label, children]) => ({ key: label, label, children }))}
      />
      {mayCorrect && <CorrectLicence truck={shown} />}
    </section>
  );
}
