import { createHash } from 'node:crypto';
import type { Distribution } from '../../scenario/scenario.js';

const precision = 2 ** 48;

/**
 * What is made up: each answer is a pure function of the seed and of what is asked (a plate, a visit, a question), never
 * of the order in which it is asked or of the time.
 */
export class Chance {
  constructor(private readonly seed: string) {}

  /** In the open interval from 0 to 1. */
  draw(question: string): number {
    const digest = createHash('sha256').update(`${this.seed}|${question}`).digest();
    return (digest.readUIntBE(0, 6) + 0.5) / precision;
  }

  happens(rate: number, question: string): boolean {
    return this.draw(question) < rate;
  }

  /** A whole number from 0 to `below` - 1. */
  whole(below: number, question: string): number {
    return Math.floor(this.draw(question) * below);
  }

  /** One of `options`, by weight. */
  pick<T>(options: readonly T[], weight: (option: T) => number, question: string): T {
    let left = this.draw(question) * options.reduce((sum, option) => sum + weight(option), 0);
    const chosen = options.find((option) => (left -= weight(option)) < 0) ?? options.at(-1);
    if (chosen === undefined) throw new RangeError(`nothing to choose from: ${question}`);
    return chosen;
  }

  /** Milliseconds. */
  duration(distribution: Distribution, question: string): number {
    return Math.round(secondsAt(distribution, this.draw(question)) * 1_000);
  }
}

function secondsAt(distribution: Distribution, share: number): number {
  switch (distribution.kind) {
    case 'fixed':
      return distribution.seconds;
    case 'triangular':
      return triangular(distribution.minSeconds, distribution.modeSeconds, distribution.maxSeconds, share);
    case 'lognormal': {
      const { medianSeconds, p95Seconds, maxSeconds } = distribution;
      const sigma = Math.log(p95Seconds / medianSeconds) / normalQuantile(0.95);
      return Math.min(maxSeconds, medianSeconds * Math.exp(sigma * normalQuantile(share)));
    }
    default:
      return distribution satisfies never;
  }
}

function triangular(min: number, mode: number, max: number, share: number): number {
  const span = max - min;
  if (span === 0) return min;
  if (share < (mode - min) / span) return min + Math.sqrt(share * span * (mode - min));
  return max - Math.sqrt((1 - share) * span * (max - mode));
}

/** Inverse of the standard normal distribution, to 0.00045 (Abramowitz and Stegun 26.2.23). */
function normalQuantile(share: number): number {
  const t = Math.sqrt(-2 * Math.log(Math.min(share, 1 - share)));
  const x =
    t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t * t * t);
  return share < 0.5 ? -x : x;
}
