/** An amount in the smallest unit of a currency (ISO 4217), never a fraction. */
export interface Money {
  readonly cents: number;
  /** Three capitals, such as `USD`. */
  readonly currency: string;
}
