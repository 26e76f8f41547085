/** Ports of the local network, where nobody says otherwise. */
export const lanPorts = { secure: 7743, trust: 7780 } as const;
