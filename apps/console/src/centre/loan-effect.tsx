import { useTexts } from '../i18n/use-texts.js';
import { useName } from '../names/use-names.js';
import { PlanEffectText } from './plan-effect.js';
import { type LentDriver, useLoanPreview } from './use-loans.js';

/** What lending a driver, or borrowing him, would do to the trucks that wait in an area. */
export function LoanEffect({ areaCode, driver }: { readonly areaCode: string; readonly driver: LentDriver }) {
  const { t, problem } = useTexts();
  const area = useName('area', areaCode);
  const { data, error } = useLoanPreview(areaCode, driver);
  if (error) return <p className="centre-quiet">{t('lever.no_effect', { area, why: problem(error) })}</p>;
  return data ? <PlanEffectText areaCode={areaCode} effect={data} /> : null;
}
