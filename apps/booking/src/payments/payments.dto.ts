import { Count, Currency, Described, Flag, Instant, ListOf, Maybe, Nullable, Text, Uuid } from '@scheduling/contracts';
import type { PersonId, SlotId } from '@scheduling/domain';
import { Transform, Type } from 'class-transformer';
import { IsObject } from 'class-validator';
import type Stripe from 'stripe';
import type { AskedIntent } from './intents.service.ts';
import type { OperatorTask } from './operator-tasks.store.ts';

export class AskForIntent {
  /** The slot that the caller holds. */
  @Uuid() readonly slot_id!: SlotId;
}

export class IntentView {
  /** What Stripe calls the payment; confirm the hold with it. */
  @Text(1, 255) readonly payment_intent_id!: string;
  /** What Stripe's form in the browser needs; it is for the caller alone. */
  @Text(1, 500) readonly client_secret!: string;
  /** What the card pays, in the smallest unit of the currency. */
  @Count(1, 100_000_000) readonly amount_cents!: number;
  /** ISO 4217. */
  @Currency() readonly currency!: string;
  /** When the hold runs out. */
  @Instant() readonly expires_at!: string;

  /** Shows an intent to whoever pays. */
  static of({ payment, intent }: AskedIntent): IntentView {
    return {
      payment_intent_id: intent.id,
      client_secret: intent.client_secret!,
      amount_cents: payment.amountCents,
      currency: payment.currency,
      expires_at: payment.expiresAt.toISOString(),
    };
  }
}

export class SetupView {
  /** What Stripe calls the saving of the card. */
  @Text(1, 255) readonly setup_intent_id!: string;
  /** What Stripe's form in the browser needs; it is for the caller alone. */
  @Text(1, 500) readonly client_secret!: string;

  /** Shows to whoever saves a card how. */
  static of({ id, client_secret }: Stripe.SetupIntent): SetupView {
    return { setup_intent_id: id, client_secret: client_secret! };
  }
}

export class MethodView {
  /** What Stripe calls the card. */
  @Text(1, 255) readonly payment_method_id!: string;
  /** Such as `visa`. */
  @Text(1, 60) readonly brand!: string;
  /** The last four digits. */
  @Text(0, 4) readonly last4!: string;

  /** Shows a saved card. */
  static of({ id, type, card }: Stripe.PaymentMethod): MethodView {
    return { payment_method_id: id, brand: card?.brand ?? type, last4: card?.last4 ?? '' };
  }
}

export class MethodList {
  /** The newest first: the first one is charged for lessons of a series. */
  @ListOf(() => MethodView, 20) readonly items!: MethodView[];
  /** Always null: nobody has so many. */
  @Nullable() @Text(1, 200) readonly next_cursor!: null;

  /** Shows a student's saved cards. */
  static of(methods: readonly Stripe.PaymentMethod[]): MethodList {
    return { items: methods.map(MethodView.of), next_cursor: null };
  }
}

export class ListTasks {
  /** Whether tasks that are done are listed, too. */
  @Maybe()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @Flag()
  readonly done: boolean = false;
  /** At most so many. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 50;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Type(() => Number) @Count(0, Number.MAX_SAFE_INTEGER) readonly cursor: number = 0;
}

export class TaskView {
  /** The task's id. */
  @Uuid() readonly task_id!: string;
  /** `dispute`, `refund_failed` or `refund_refused`; there may be more. */
  @Text(1, 60) readonly kind!: string;
  /** What is known of it, by name. */
  @IsObject() @Described({ type: Object, additionalProperties: true }) readonly facts!: OperatorTask['facts'];
  /** Since when it waits. */
  @Instant() readonly created_at!: string;
  /** When somebody said that it is done. */
  @Nullable() @Instant() readonly done_at!: string | null;
  /** Who said so. */
  @Nullable() @Uuid() readonly done_by!: PersonId | null;

  /** Shows a task to an operator. */
  static of(task: OperatorTask): TaskView {
    return {
      task_id: task.id,
      kind: task.kind,
      facts: task.facts,
      created_at: task.createdAt.toISOString(),
      done_at: task.doneAt && task.doneAt.toISOString(),
      done_by: task.doneBy,
    };
  }
}

export class TaskList {
  /** The oldest first. */
  @ListOf(() => TaskView, 100) readonly items!: TaskView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Text(1, 200) readonly next_cursor!: string | null;

  /** Shows a page of tasks; one more than the limit tells that there is another page. */
  static of(found: readonly OperatorTask[], limit: number): TaskList {
    const page = found.slice(0, limit);
    const next = found.length > limit ? page.at(-1)!.number : null;
    return { items: page.map(TaskView.of), next_cursor: next };
  }
}
