/** Seconds as people read them: 0:07 hours and minutes, and seconds where it is less than ten minutes. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 600) return `${Math.floor(whole / 60)}′${String(whole % 60).padStart(2, '0')}″`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
