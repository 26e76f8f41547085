/** The first character of a Chinese plate, as the province grid shows it; those near Zhejiang first. */
export const provinces: readonly string[] = Array.from(
  '浙沪苏皖闽赣京津冀晋蒙辽吉黑鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新',
);

const letters = Array.from('ABCDEFGHJKLMNPQRSTUVWXYZ');
const digits = Array.from('1234567890');

/** Characters of plates of new-energy trucks have one more. */
const longest = 8;
const shortest = 7;
const pattern = new RegExp(`^[${provinces.join('')}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5,6}$`, 'u');

/** What may come next on a plate that has begun so. */
export function nextKeys(begun: string): readonly string[] {
  if (begun.length === 0) return provinces;
  if (begun.length === 1) return letters;
  return begun.length < longest ? [...digits, ...letters] : [];
}

export const isPlate = (text: string): boolean => pattern.test(text);

/** Whether it is as long as a plate and yet none: there is something to say, and not only to wait for. */
export const isWrongPlate = (text: string): boolean => text.length >= shortest && !isPlate(text);

/** As it is kept: capitals, and nothing between. */
export const tidyPlate = (text: string): string =>
  text
    .replaceAll(/[\s·.-]/g, '')
    .toUpperCase()
    .slice(0, longest);

/** As it is read: a dot after the first two characters. */
export const plateText = (plate: string): string => (isPlate(plate) ? `${plate.slice(0, 2)}·${plate.slice(2)}` : plate);

/** As a plate of this length usually is: new-energy trucks have eight characters. */
export const usualColour = (plate: string): 'yellow' | 'yellow_green' =>
  plate.length === longest ? 'yellow_green' : 'yellow';
