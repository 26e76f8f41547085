/** How long a truck is usually gone into the zone: planned until what is usual has been learned from the runs. */
export const usualRoundTripSeconds = 7_200;
