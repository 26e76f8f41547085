import { type Fold, instantOf } from './fold.js';

/** What an enterprise says anew: which goods have gone in to it since counts no more. */
export const enterpriseChanged: Fold<'enterprise.changed'> = (picture, { data }) => {
  const { enterpriseId, priority, stopsLineAt } = data;
  picture.enterprises.set(enterpriseId, {
    priority,
    stopsLineAt: stopsLineAt === undefined ? undefined : instantOf(stopsLineAt),
    served: new Set(),
  });
};
