import { Inject, Injectable } from '@nestjs/common';
import type { PaymentMethod } from '../bookings/bookings.entity.ts';
import type { PaymentGate } from './payment-gate.ts';

/** Where the module lists the ways to pay. */
export const PAYMENT_GATES = Symbol('payment gates');

/** The ways to pay, by their names. */
@Injectable()
export class PaymentGates {
  private readonly gates: ReadonlyMap<PaymentMethod, PaymentGate>;

  constructor(@Inject(PAYMENT_GATES) gates: readonly PaymentGate[]) {
    this.gates = new Map(gates.map((gate) => [gate.method, gate]));
  }

  /** The way to pay that a booking names. */
  of(method: PaymentMethod): PaymentGate {
    const gate = this.gates.get(method);
    if (!gate) throw new Error(`There is no gate for ${method}.`);
    return gate;
  }
}
