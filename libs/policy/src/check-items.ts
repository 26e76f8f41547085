import type { CheckItem, PolicyFlow, PolicyRules } from './policy-rules.js';

/** The items that every pack may ask for, with what usually goes wrong. */
export const knownCheckItems: readonly CheckItem[] = [
  item('person', '人员', 'Person', ['no_identity_document', 'not_the_named_driver', 'fever', 'drunk', 'not_in_order']),
  item('vehicle', '车辆', 'Vehicle', ['brakes', 'tyres', 'lights', 'overloaded', 'not_in_order']),
  item('pass', '通行证', 'Pass', ['no_pass', 'expired', 'other_truck', 'driver_not_named', 'not_in_order']),
  item('route', '路线', 'Route', ['other_route', 'not_declared', 'not_in_order']),
  item('seal', '铅封', 'Seal', ['missing', 'torn', 'other_number', 'not_in_order'], ['seal_number']),
  item('credential', '证件资质', 'Credential', ['expired', 'recalled', 'missing', 'not_in_order']),
  item('disinfection', '消杀', 'Disinfection', ['not_done', 'incomplete', 'not_in_order']),
];

/** Every item that may be inspected under a pack; its own words stand before the usual ones. */
export function checkItems(rules: Pick<PolicyRules, 'checkItems' | 'checks'>): CheckItem[] {
  const items = new Map([...knownCheckItems, ...(rules.checkItems ?? [])].map((each) => [each.check, each]));
  for (const check of [...rules.checks.into_zone, ...rules.checks.out_of_zone]) {
    if (!items.has(check)) items.set(check, item(check, check, check, []));
  }
  return [...items.values()];
}

/** The items that must pass before a handoff of this flow starts, in the order of the pack. */
export function checkTemplate(rules: Pick<PolicyRules, 'checkItems' | 'checks'>, flow: PolicyFlow): CheckItem[] {
  const items = new Map(checkItems(rules).map((each) => [each.check, each]));
  return rules.checks[flow].flatMap((check) => items.get(check) ?? []);
}

function item(
  check: string,
  zh: string,
  en: string,
  reasons: readonly string[],
  needs: CheckItem['needs'] = [],
): CheckItem {
  return { check, title: { zh, en }, needs, reasons };
}
