import type { Form } from './form-body.ts';
import { invalid } from './stripe-refusal.ts';

const MOST_CENTS = 99_999_999;
const METADATA = { keys: 50, keyLength: 40, valueLength: 500 };

/** The parameters of one request, read with Stripe's own complaints. */
export class Params {
  constructor(
    private readonly form: Form,
    private readonly within = '',
  ) {}

  /** Refuses all but these: what a double drops in silence, a test would take for done. */
  only(...names: readonly string[]): this {
    const known = new Set(['expand', ...names]);
    for (const name of Object.keys(this.form)) {
      if (!known.has(name))
        throw invalid(
          `Received unknown parameter: ${this.name(name)} (unknown to the sandbox's double)`,
          this.name(name),
          'parameter_unknown',
        );
    }
    return this;
  }

  text(name: string): string | undefined {
    const value = this.form[name];
    if (typeof value === 'object') throw invalid(`Invalid string: ${JSON.stringify(value)}`, this.name(name));
    return value === '' ? undefined : value;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined)
      throw invalid(`Missing required param: ${this.name(name)}.`, this.name(name), 'parameter_missing');
    return value;
  }

  /** One word of a list. */
  word<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.text(name);
    const word = words.find((each) => each === value);
    if (value !== undefined && word === undefined)
      throw invalid(`Invalid ${this.name(name)}: must be one of ${words.join(', ')}`, this.name(name));
    return word;
  }

  flag(name: string): boolean {
    return this.word(name, ['true', 'false']) === 'true';
  }

  whole(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^-?\d{1,15}$/.test(value))
      throw invalid(`Invalid integer: ${value}`, this.name(name), 'parameter_invalid_integer');
    return Number(value);
  }

  /** An amount of money in the currency's smallest unit, at least 1. */
  amount(name: string): number | undefined {
    const value = this.whole(name);
    if (value === undefined) return undefined;
    if (value < 1)
      throw invalid('This value must be greater than or equal to 1.', this.name(name), 'parameter_invalid_integer');
    if (value > MOST_CENTS)
      throw invalid('Amount must be no more than 99,999,999', this.name(name), 'amount_too_large');
    return value;
  }

  /** Stripe writes currencies in small letters. */
  currency(name = 'currency'): string {
    const value = this.required(name).toLowerCase();
    if (!/^[a-z]{3}$/.test(value)) throw invalid(`Invalid currency: ${value}`, this.name(name));
    return value;
  }

  /** What stands in brackets after the name. */
  inner(name: string): Params | undefined {
    const value = this.form[name];
    if (value === undefined || value === '') return undefined;
    if (typeof value === 'string') throw invalid('Invalid object', this.name(name));
    return new Params(value, this.name(name));
  }

  /** Whether something stands in brackets after the name. */
  hasInner(name: string): boolean {
    return typeof this.form[name] === 'object';
  }

  /** The items of a list, in their order. */
  texts(name: string): string[] {
    const value = this.form[name];
    if (value === undefined || value === '') return [];
    if (typeof value === 'string') throw invalid('Invalid array', this.name(name));
    return Object.keys(value).map((key) => new Params(value, this.name(name)).required(key));
  }

  /** What was, with what is given now put over it; an empty value takes its key away. */
  metadata(before: Readonly<Record<string, string>> = {}): Record<string, string> {
    const value = this.form['metadata'];
    if (value === undefined) return { ...before };
    if (typeof value === 'string') return {};
    const after: Record<string, string> = { ...before };
    for (const [key, text] of Object.entries(value)) {
      if (typeof text !== 'string' || key.length > METADATA.keyLength || text.length > METADATA.valueLength)
        throw invalid(
          `Metadata values must be strings of at most ${METADATA.valueLength} characters`,
          `metadata[${key}]`,
        );
      if (text === '') delete after[key];
      else after[key] = text;
    }
    if (Object.keys(after).length > METADATA.keys) throw invalid('You can only have 50 keys in metadata.', 'metadata');
    return after;
  }

  private name(name: string): string {
    return this.within === '' ? name : `${this.within}[${name}]`;
  }
}
