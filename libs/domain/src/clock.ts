/** The current time for code outside a transaction; inside one, `tx.now` decides. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}
