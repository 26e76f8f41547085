// new Date() and Date.now() in a comment are nothing.
const text = 'Date.now()';

export const arrive = () => [
  text,
  new Date(), // planted
  new Date(0),
  Date.now(), // planted
  Date(), // planted
  performance.now(),
];
export const later = [1].map(Date.now); // planted
