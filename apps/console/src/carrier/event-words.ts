/** What a text of an event type is found by: `visit_arrived` for `yizhan.visit.arrived.v1`; the type itself where it is none of ours. */
export const eventKeyOf = (type: string): string => {
  const [, noun, act] = /([a-z_]+)\.([a-z_]+)(?:\.v\d+)?$/.exec(type) ?? [];
  return noun === undefined || act === undefined ? type : `${noun}_${act}`;
};

/** The fields that say most of an event in one line. */
const telling = ['driverId', 'bayCode', 'queue', 'reason'];

export const detailsOf = (data: Readonly<Record<string, unknown>>): string =>
  telling
    .map((field) => data[field])
    .filter((value) => typeof value === 'string')
    .join(' · ');
