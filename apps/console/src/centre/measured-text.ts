import type { Texts } from '../i18n/use-texts.js';
import { durationText } from './durations.js';
import type { CentreAlert } from './use-centre.js';

/** What the rule has measured, and from which value on it stands. */
export function measuredText({ unit, value, threshold, count, counts }: CentreAlert, t: Texts['t']): string {
  switch (unit) {
    case 'seconds':
      return measuredTime({ value: durationText(value), from: durationText(threshold), number: count }, counts, t);
    case 'trucks_per_bay':
      return t('centre.measured_bays', { value: value.toFixed(1), from: threshold, trucks: count });
    default:
      return t('centre.measured_trucks', { value, from: threshold });
  }
}

interface MeasuredTime {
  readonly value: string;
  readonly from: string;
  readonly number: number;
}

const measuredTime = (measured: MeasuredTime, counts: CentreAlert['counts'], t: Texts['t']): string =>
  counts === 'messages' ? t('centre.measured_messages', { ...measured }) : t('centre.measured_time', { ...measured });
