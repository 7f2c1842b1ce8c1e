import type { Answer } from './answer.ts';
import { Kept } from './kept.ts';
import { StripeRefusal } from './stripe-refusal.ts';

const DAY = 24 * 60 * 60;

interface Use {
  readonly id: string;
  readonly path: string;
  readonly body: string;
  readonly at: number;
  answer?: Answer;
}

/** Stripe's memory of idempotency keys: the first answer under a key is the answer for a day, whatever it was. */
export class IdempotencyKeys {
  private readonly uses: Kept<Use>;

  constructor(
    private readonly now: () => number,
    most?: number,
  ) {
    this.uses = new Kept(most);
  }

  /** The answer that is kept under the key, or nothing: then the key is in use until `keep` or `forget`. */
  begin(key: string, path: string, body: string): Answer | undefined {
    const use = this.uses.get(key);
    if (!use || use.at + DAY <= this.now()) {
      this.uses.delete(key);
      this.uses.add({ id: key, path, body, at: this.now() });
      return undefined;
    }
    const other = `Try using a key other than '${key}' if you meant to execute a different request.`;
    if (use.path !== path)
      throw refused(
        400,
        `Keys for idempotent requests can only be used for the same endpoint they were first used for. ${other}`,
      );
    if (use.body !== body)
      throw refused(
        400,
        `Keys for idempotent requests can only be used with the same parameters they were first used with. ${other}`,
      );
    if (!use.answer)
      throw refused(
        409,
        'There is currently another in-progress request using this Idempotent Key.',
        'idempotency_key_in_use',
      );
    return use.answer;
  }

  keep(key: string, answer: Answer): void {
    const use = this.uses.get(key);
    if (use) use.answer = answer;
  }

  /** The key may be used again: Stripe had not begun. */
  forget(key: string): void {
    this.uses.delete(key);
  }
}

const refused = (status: number, message: string, code?: string): StripeRefusal =>
  new StripeRefusal(status, { type: 'idempotency_error', code, message }, false);
