export interface PureLib {
  /** Libs of ours that it may import. */
  libs: readonly string[];
  /** Packages and Node modules that it may import. */
  packages: readonly string[];
  why: string;
}

/** Libs without framework and I/O, and all that they may import. */
export const pureLibs: Readonly<Record<string, PureLib>> = {
  kernel: { libs: [], packages: ['node:crypto', 'uuidv7'], why: 'everything stands on it' },
  contracts: { libs: ['kernel'], packages: [], why: 'a promise to others outlives every framework' },
  policy: { libs: ['kernel', 'contracts'], packages: [], why: 'a rule of law is checked by reading it' },
  assignment: { libs: [], packages: [], why: 'the solver is proven on its own' },
};
