import { OneOf } from '@scheduling/contracts';
import { type Side, SIDES } from '../bookings/bookings.entity.ts';

export class TellNoShow {
  /** Who did not come. */
  @OneOf(SIDES) readonly absent!: Side;
}
