import type { ConsentResponse } from '@yizhan/client';
import type { Texts } from '../i18n/use-texts.js';

type About = Pick<ConsentResponse, 'scope' | 'areaCode' | 'stationCode' | 'flow' | 'plate'>;

/** What a consent is for, in one line. */
export function consentWords(
  { scope, areaCode, stationCode, flow, plate }: About,
  texts: Pick<Texts, 't' | 'codeText'>,
) {
  const { t, codeText } = texts;
  const what = [codeText('consent_scope', scope)];
  if (flow !== undefined) what.push(flow === 'into_zone' ? t('flow.into_zone') : t('flow.out_of_zone'));
  if (plate !== undefined) what.push(plate);
  what.push(stationCode ?? t('consent.in_area', { area: areaCode }));
  return what.join(' · ');
}
