import { parts, text, texts, type Data } from '../plain-event.js';

/** Whether each override that needs a second person by the rules has one, who is not the first. */
export function loneOverride(data: Data, rules: Data): string | undefined {
  const asked = texts(rules, 'secondPerson');
  const lone = parts(data, 'overrides').find((override) => {
    const secondId = text(override, 'secondId');
    return asked.includes(text(override, 'rule')) && (secondId === '' || secondId === text(override, 'byId'));
  });
  return lone && `overrides ${text(lone, 'rule')} without a second person`;
}
