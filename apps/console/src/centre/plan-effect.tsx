import { useTexts } from '../i18n/use-texts.js';
import { useName } from '../names/use-names.js';

/** What an act would do to the trucks that wait in an area, as the scheduler says it. */
export interface PlanEffect {
  readonly waitLonger: number;
  readonly waitShorter: number;
  readonly servedBefore: number;
  readonly servedAfter: number;
  readonly waiting: number;
  readonly announcedBefore: number;
  readonly announcedAfter: number;
}

/** Said before it is done. */
export function PlanEffectText({ areaCode, effect }: { readonly areaCode: string; readonly effect: PlanEffect }) {
  const { t } = useTexts();
  const area = useName('area', areaCode);
  const { waitLonger, waitShorter, servedBefore, servedAfter, waiting, announcedBefore, announcedAfter } = effect;
  return (
    <p className="centre-quiet">
      {t('lever.effect', { area, longer: waitLonger, shorter: waitShorter })}{' '}
      {t('lever.served', { before: servedBefore, after: servedAfter, waiting })}
      {announcedBefore !== announcedAfter && (
        <> {t('lever.announced', { before: announcedBefore, after: announcedAfter })}</>
      )}
    </p>
  );
}
