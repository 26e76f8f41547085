/** An instant of a parameter in epoch milliseconds. */
export const instant = (parameter: string): string => `to_timestamp(${parameter}::double precision / 1000)`;

/** When a lease ends that begins now, by the clock of the database. */
export const untilOf = (milliseconds: string): string =>
  `clock_timestamp() + make_interval(secs => ${milliseconds}::double precision / 1000)`;
