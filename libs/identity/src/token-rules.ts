/** The same at signing and at verifying: what makes a token one of this product. */
export const tokenRules = { algorithm: 'EdDSA', issuer: 'yizhan', audience: 'yizhan' } as const;
