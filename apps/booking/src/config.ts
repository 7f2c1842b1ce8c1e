import { Count, Described, Maybe, Text } from '@scheduling/contracts';
import { DatabaseConfig } from '@scheduling/service-kit';
import { Transform, Type } from 'class-transformer';
import { IsString, IsUrl, Matches, ValidateBy, type ValidationArguments } from 'class-validator';

/** A name and an address: `Lessons <lessons@example.org>`. */
export const MAILBOX = /^(?<name>[^<>"\p{Cc}]*?) *<(?<email>[^<>@\s]+@[A-Za-z0-9.-]+)>$/u;

const REFUSED = '$property must be https://api.stripe.com in production';
const isStripeInProduction = (value: unknown, args?: ValidationArguments): boolean =>
  (args?.object as BookingConfig | undefined)?.NODE_ENV !== 'production' ||
  String(value).replace(/\/$/, '') === 'https://api.stripe.com';

export class BookingConfig extends DatabaseConfig {
  /** Where lessons take place until a calendar gives a link of its own; `{booking_id}` stands for the lesson. */
  @Text(1, 400)
  @Described({ example: 'https://meet.jit.si/lesson-{booking_id}' })
  readonly LESSON_LINK_TEMPLATE: string = 'https://meet.jit.si/lesson-{booking_id}';

  /** Where lists of slots are kept for all replicas; none means that each keeps its own in memory. */
  @Maybe()
  @Matches(/^rediss?:\/\//)
  readonly REDIS_URL?: string;

  /** What cards are charged with, by Stripe; none means that no card is taken. */
  @Maybe()
  @Matches(/^(sk|rk)_(test|live)_\w+$/, { message: '$property must be a secret key of Stripe' })
  readonly STRIPE_SECRET_KEY?: string;

  /** What Stripe signs webhooks with; with a comma between, two while one takes over from the other. */
  @Transform(({ value }) => String(value).split(',').filter(Boolean))
  @IsString({ each: true })
  readonly STRIPE_WEBHOOK_SECRET: string[] = [];

  /** Where Stripe is, for tests and development; refused in production unless it is Stripe's own address. */
  @Maybe()
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  @ValidateBy({
    name: 'isStripeInProduction',
    validator: { validate: isStripeInProduction, defaultMessage: () => REFUSED },
  })
  readonly STRIPE_API_URL?: string;

  /** `production` takes nothing that stands in for an outside provider. */
  @Maybe()
  @IsString()
  readonly NODE_ENV?: string;

  /** Whom mail comes from, and who calls people to lessons; its domain ends each Message-ID. */
  @Matches(MAILBOX, { message: '$property must be a mailbox such as Lessons <lessons@example.org>' })
  readonly MAIL_FROM: string = 'Lessons <lessons@localhost.localdomain>';

  /** So many days before it starts a lesson of a series is charged; what is refused is tried again until one day before. */
  @Type(() => Number)
  @Count(2, 30)
  readonly SERIES_CHARGE_DAYS: number = 3;

  /** So many days after its end a slot is kept that nobody booked, with who held it and did not come; of one that was booked, who sat in it. */
  @Type(() => Number)
  @Count(100, 3650)
  readonly PAST_SLOT_DAYS: number = 120;

  /** So many days after it could last have led to a lesson a place on a waitlist is kept. */
  @Type(() => Number)
  @Count(1, 99)
  readonly PAST_WAITLIST_DAYS: number = 90;

  /** So many days after it was answered, ran out or was overtaken a proposal is kept. */
  @Type(() => Number)
  @Count(1, 99)
  readonly PAST_PROPOSAL_DAYS: number = 90;

  /** So many days it is known which event of Stripe was worked off: Stripe sends one again for three days. */
  @Type(() => Number)
  @Count(7, 3650)
  readonly STRIPE_EVENT_DAYS: number = 30;
}
