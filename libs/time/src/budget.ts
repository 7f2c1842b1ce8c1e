import { RuleTooExpensive } from './time.errors.ts';

/** A step is one day looked at or one start passed; this many take about a fifth of a second of one core. */
export const MAX_STEPS = 1_000_000;

/** What expansions may cost together. */
export class Budget {
  /** The steps so far. */
  spent = 0;

  constructor(private readonly steps = MAX_STEPS) {}

  /** Throws RuleTooExpensive where more is spent than there is. */
  spend(steps: number): void {
    this.spent += steps;
    if (this.spent > this.steps) throw new RuleTooExpensive(this.steps, 'steps');
  }
}
