const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * Suites of faults fill the machine: those of one process (a race of 64 workers) come first, those of a whole cluster come
 * last, so that the two never meet. Together each starves the other until requests run out of time.
 */
class FaultsAtTheEnds extends Sequencer {
  sort(tests) {
    const usual = super.sort([...tests]);
    const at = (place) => usual.filter(({ path }) => placeOf(path) === place);
    return [...at('first'), ...at('between'), ...at('last')];
  }
}

function placeOf(path) {
  if (!path.includes('/test/faults/')) return 'between';
  return path.endsWith('.kafka-spec.ts') ? 'last' : 'first';
}

module.exports = FaultsAtTheEnds;
