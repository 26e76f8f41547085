/** Up to which position of the log the group of a parameter has counted the area of another one. */
export const countedUpTo = (area: string, group: string): string =>
  `coalesce((SELECT max(position) FROM command_centre.consumed
             WHERE consumer_group = ${group} AND partition_key IN (${area}, '*')), 0)`;
