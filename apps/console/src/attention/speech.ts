/** Whether this device can read aloud at all. */
export const canSpeak = (): boolean => 'speechSynthesis' in window;

/** Says a sentence after those that are being said. @param volume 0 to 100. */
export function say(text: string, language: string, volume: number): void {
  if (!canSpeak()) return;
  const said = new SpeechSynthesisUtterance(text);
  said.lang = language;
  said.volume = volume / 100;
  said.rate = 0.9;
  speechSynthesis.speak(said);
}
