import type { Texts } from '../i18n/use-texts.js';
import { durationText } from './durations.js';
import type { CentreAlert } from './use-centre.js';

/** What the rule has measured, and from which value on it stands. */
export function measuredText({ unit, value, threshold, count }: CentreAlert, t: Texts['t']): string {
  switch (unit) {
    case 'seconds':
      return t('centre.measured_time', { value: durationText(value), from: durationText(threshold), trucks: count });
    case 'trucks_per_bay':
      return t('centre.measured_bays', { value: value.toFixed(1), from: threshold, trucks: count });
    default:
      return t('centre.measured_trucks', { value, from: threshold });
  }
}
