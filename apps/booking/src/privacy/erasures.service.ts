import { Injectable, Logger } from '@nestjs/common';
import { loggable, type PersonId, Refusal, type SubscriptionId } from '@scheduling/domain';
import { Database, type Repeatable } from '@scheduling/persistence';
import { leaveTask } from '../payments/operator-tasks.store.ts';
import { EndedByStripe } from '../subscriptions/subscriptions.errors.ts';
import { CustomersService } from './customers.service.ts';
import { ErasureEnds } from './erasure-ends.service.ts';
import { type Erasure, endErasure, forgetWords, noteTrouble, takeErasures, unendedOf } from './privacy.store.ts';

const BATCH = 20;
/** A token that was given before lives for an hour or so: what is begun with it is ended too. */
const WATCHED_MS = 86_400_000;
const AGAIN_SECONDS = 55;

/** Ends what people who are gone have begun: lessons are canceled by their policies, and those of a tutor are paid back in full. */
@Injectable()
export class ErasuresService {
  private readonly logger = new Logger(ErasuresService.name);

  constructor(
    private readonly db: Database,
    private readonly customers: CustomersService,
    private readonly ends: ErasureEnds,
  ) {}

  /** Goes on with all that are due; answers how many. */
  async workOff(): Promise<number> {
    const due = await this.db.transaction((tx) => takeErasures(tx, BATCH, AGAIN_SECONDS));
    for (const erasure of due) await this.goOn(erasure);
    return due.length;
  }

  private async goOn({ personId, requestedAt }: Erasure): Promise<void> {
    const trouble = await this.endAll(personId);
    if (trouble.length === 0) trouble.push(...(await this.attempt(() => this.customers.forget(personId))));
    await this.db.transaction(async (tx) => {
      await forgetWords(tx, personId);
      if (trouble.length > 0) await noteTrouble(tx, personId, trouble.join(', '));
      else if (tx.now.getTime() - requestedAt.getTime() > WATCHED_MS) await endErasure(tx, personId);
    });
  }

  /** Ends all that has not ended; answers what stood in the way, which is tried again. */
  private async endAll(person: PersonId): Promise<string[]> {
    const { holds, waits, series, bookings, subscriptions } = await this.db.transaction((tx) => unendedOf(tx, person));
    const request: Repeatable = { personId: person, key: null, content: 'the account was erased' };
    const works = [
      ...holds.map((slot) => () => this.ends.holds.release(person, slot)),
      ...waits.map((wait) => () => this.ends.waitlist.leave(person, wait)),
      ...series.map((seriesId) => () => {
        const wish = { by: person, seriesId, extent: { scope: 'all' as const }, reason: null };
        return this.ends.series.cancel(wish, request);
      }),
      ...bookings.map((bookingId) => () => {
        return this.ends.bookings.cancel({ by: person, bookingId, reason: null, reopen: false }, request);
      }),
      ...subscriptions.map((id) => () => this.endSubscription(id, person, request)),
    ];
    const trouble: string[] = [];
    for (const work of works) trouble.push(...(await this.attempt(work)));
    return trouble;
  }

  /** One that Stripe charges for is ended where it is charged: by a person, who is told. */
  private async endSubscription(id: SubscriptionId, person: PersonId, request: Repeatable): Promise<void> {
    try {
      await this.ends.subscriptions.cancel(id, person, request);
    } catch (error) {
      if (!(error instanceof EndedByStripe)) throw error;
      await this.db.transaction((tx) => leaveTask(tx, 'subscription_of_erased', id, { subscription_id: id }));
    }
  }

  private async attempt(work: () => Promise<unknown>): Promise<string[]> {
    try {
      await work();
      return [];
    } catch (error) {
      if (error instanceof Refusal) return [error.code];
      this.logger.error({ message: 'Something of an erased person could not be ended yet.', error: loggable(error) });
      return ['internal'];
    }
  }
}
