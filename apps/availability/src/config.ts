import { Count } from '@scheduling/contracts';
import { DatabaseConfig } from '@scheduling/service-kit';
import { Type } from 'class-transformer';

export class AvailabilityConfig extends DatabaseConfig {
  /** So many days after its end, or after it came free, it is known what time of a tutor was taken: longer than the event log is kept. */
  @Type(() => Number)
  @Count(15, 3650)
  readonly PAST_TAKEN_DAYS: number = 30;

  /** So many days after its end it is kept when somebody was busy. */
  @Type(() => Number)
  @Count(1, 3650)
  readonly PAST_BUSY_DAYS: number = 7;

  /** So many days what a tutor took back is kept, and what of their rules, time off and single dates is over. */
  @Type(() => Number)
  @Count(1, 3650)
  readonly PAST_RULE_DAYS: number = 90;
}
