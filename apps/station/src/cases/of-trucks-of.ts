/** What of a list is about trucks of a carrier, for `listRows` of rows that name a plate. */
export const ofTrucksOf = (carrierId: string) => ({
  sql: 'row.plate IN (SELECT plate FROM station.trucks WHERE carrier_id = :carrierId)',
  parameters: { carrierId },
});
