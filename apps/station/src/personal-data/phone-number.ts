export const mobileInChina = /^1[3-9]\d{9}$/;
/** Area code and number: 0579 85xxxxxx. */
const landlineInChina = /^0\d{9,11}$/;
const abroad = /^\+(?!86)[1-9]\d{6,14}$/;
const looseForm = /^\+?\d[\d -]*$/;

/** The number as it is kept, digits alone, with + and the country where that is not China; undefined where it is none. */
export function phoneNumberIn(text: string): string | undefined {
  if (!looseForm.test(text.trim())) return undefined;
  const number = text.replaceAll(/[ -]/g, '').replace(/^\+86/, '');
  return [mobileInChina, landlineInChina, abroad].some((form) => form.test(number)) ? number : undefined;
}
