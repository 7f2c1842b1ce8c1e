import { OpeningsPublished, type Terms } from '@scheduling/contracts';
import { Refusal, type BookingId, type PersonId, type SlotId, type WaitlistId } from '@scheduling/domain';
import { BookingsService } from '../../src/bookings/bookings.service.ts';
import { ConfirmService } from '../../src/bookings/confirm.service.ts';
import { CompletionService } from '../../src/completion/completion.service.ts';
import { NoShowService } from '../../src/completion/no-show.service.ts';
import { GroupsService } from '../../src/groups/groups.service.ts';
import { PlansService } from '../../src/plans/plans.service.ts';
import { IntentsService } from '../../src/payments/intents.service.ts';
import { ReschedulesService } from '../../src/reschedules/reschedules.service.ts';
import { NamingQueue } from '../../src/reservations/naming-queue.ts';
import { NamingService } from '../../src/reservations/naming.service.ts';
import { ChargesService } from '../../src/series/charges.service.ts';
import { MakingService } from '../../src/series/making.service.ts';
import { RenewalService } from '../../src/subscriptions/renewal.service.ts';
import { SubscriptionsService } from '../../src/subscriptions/subscriptions.service.ts';
import { JoinService } from '../../src/waitlist/join.service.ts';
import { WaitlistService } from '../../src/waitlist/waitlist.service.ts';
import type { PaymentsScenario } from '../payments.scenario.ts';
import { bookingShown, holdShown } from './answers.ts';
import { type Answer, Tags } from './operation.ts';
import { pick } from './random.ts';
import type { Card, ModelHold } from './world.ts';

interface Weeks {
  readonly count: number;
  readonly onConflict: 'refuse' | 'skip';
  readonly method: 'credit' | 'subscription';
}

/** The service under test: each word answers in the shape that the model answers in. */
export class Service {
  /** What the service's ids are called, and what the model's things are: equal as long as the two agree. */
  readonly shown = new Tags();
  readonly expected = new Tags();

  constructor(readonly s: PaymentsScenario) {}

  /** The intents that were asked for, by their holds' ids. */
  private readonly intents = new Map<string, string>();

  /** What the service calls a thing of the model that it has shown before. */
  idOf = (thing: object): string => this.shown.like(this.expected, thing) as string;

  hold = (student: PersonId, slot: SlotId): Promise<Answer> =>
    answered(async () => {
      const { hold, isRepeated } = await this.s.hold(student, slot);
      return { ...holdShown(hold, this.shown), isRepeated };
    });

  release = (student: PersonId, slot: SlotId): Promise<Answer> =>
    answered(async () => {
      await this.s.holds.release(student, slot);
      return {};
    });

  confirm = (student: PersonId, slot: SlotId, method: 'credit' | 'subscription'): Promise<Answer> =>
    answered(async () => {
      const confirming = this.s.get(ConfirmService);
      const { booking, isRepeated } = await confirming.confirm(student, slot, method, this.s.unnamed(student));
      return { ...bookingShown(booking, this.shown), isRepeated };
    });

  cancel = (by: PersonId, booking: BookingId, reopen: boolean): Promise<Answer> =>
    answered(async () => bookingShown(await this.s.cancel(by, booking, reopen), this.shown));

  /** Comes back when nothing is under way behind the answers that were given. */
  async settled(): Promise<void> {
    await this.s.queue.idle();
    await this.s.get(NamingQueue).idle();
  }

  /** Asks for what a card is to pay. */
  ask = (student: PersonId, slot: SlotId): Promise<Answer> =>
    answered(async () => {
      const { payment, intent } = await this.s.get(IntentsService).ask(student, slot, this.s.unnamed(student));
      const { id, intentId, amountCents, currency } = payment;
      this.intents.set(id, intent.id);
      return { intent: this.shown.of(intentId), hold: this.shown.of(id), amountCents, currency };
    });

  /** Pays in Stripe's form, which may come too late. */
  pay(hold: ModelHold, card: Card): Answer {
    const { double } = this.s;
    const intent = this.intents.get(this.idOf(hold))!;
    if (double.intent(intent).status === 'requires_payment_method') double.pay(intent, card);
    return {};
  }

  confirmByCard = (student: PersonId, slot: SlotId, hold: ModelHold): Promise<Answer> =>
    answered(async () => {
      const intent = this.intents.get(this.idOf(hold)) ?? 'pi_unknown';
      const { booking, isRepeated } = await this.s.confirm(student, slot, intent);
      return { ...bookingShown(booking, this.shown), isRepeated };
    });

  /** Brings some of what Stripe has told lately, in any order and at times twice. */
  async webhooks(lots: readonly number[]): Promise<Answer> {
    const events = this.s.double.events().slice(0, 30);
    for (const lot of lots) {
      const event = pick(events, lot);
      if (event) await this.s.deliver(JSON.stringify(event));
    }
    return {};
  }

  async minuteAtStripe(): Promise<Answer> {
    await this.s.work.minute();
    return {};
  }

  /** Makes a series of weekly lessons; answers its dates. */
  makeSeries = (student: PersonId, slotId: SlotId, wish: Weeks): Promise<Answer> =>
    answered(async () => {
      const { count, onConflict, method } = wish;
      const asked = { slotId, rule: 'weekly', ends: { count }, onConflict } as const;
      const { dates } = await this.s.get(MakingService).make(student, asked, method, this.s.unnamed(student));
      return dates.map(({ startAt, code, booking }) => ({
        start: startAt.toISOString(),
        ...(booking ? bookingShown(booking, this.shown) : { code }),
      }));
    });

  async chargeSeries(): Promise<Answer> {
    await this.s.get(ChargesService).chargeDue();
    return {};
  }

  join = (student: PersonId, tutorId: PersonId, wanted: SlotId | { from: Date; until: Date }): Promise<Answer> =>
    answered(async () => {
      const { entry, isRepeated } = await this.s
        .get(JoinService)
        .join(student, { tutorId, wanted }, this.s.unnamed(student));
      return { place: this.shown.of(entry.id), status: entry.status, isRepeated };
    });

  async leave(student: PersonId, place: WaitlistId): Promise<Answer> {
    await this.s.get(WaitlistService).leave(student, place);
    return {};
  }

  /** A place in a line, with the offer that is open. */
  async place(student: PersonId, place: WaitlistId): Promise<Answer> {
    const { entry, offer, ahead } = await this.s.get(WaitlistService).find(student, place);
    const shown = offer && { ...holdShown(offer, this.shown), slot: this.shown.of(offer.slotId) };
    return { status: entry.status, ahead, offer: shown };
  }

  /** What each minute does for those who wait. */
  async minute(): Promise<Answer> {
    await this.s.get(WaitlistService).tidy();
    await this.s.get(NamingService).catchUp();
    return {};
  }

  move = (by: PersonId, booking: BookingId, to: SlotId): Promise<Answer> =>
    answered(async () => {
      const wish = { by, bookingId: booking, newSlotId: to, reason: null };
      return bookingShown(await this.s.get(ReschedulesService).move(wish, this.s.unnamed(by)), this.shown);
    });

  clear = (by: PersonId, slot: SlotId, reopen: boolean): Promise<Answer> =>
    answered(async () => {
      const wish = { by, slotId: slot, reason: null, reopen };
      const canceled = await this.s.get(GroupsService).cancel(wish, this.s.unnamed(by));
      return canceled.map((booking) => bookingShown(booking, this.shown));
    });

  missed = (by: PersonId, booking: BookingId, absent: 'student' | 'tutor'): Promise<Answer> =>
    answered(async () => {
      const told = await this.s.get(NoShowService).tell({ by, bookingId: booking, absent }, this.s.unnamed(by));
      return bookingShown(told, this.shown);
    });

  async complete(): Promise<Answer> {
    await this.s.get(CompletionService).complete();
    return {};
  }

  /** Subscribes a student to a plan of so many lessons a week. */
  async subscribe(studentId: PersonId, lessonsPerPeriod: number, startsAt: Date): Promise<Answer> {
    const admin = this.s.person();
    const price = { cents: 0, currency: 'USD' };
    const plan = { name: 'model', period: 'week', lessonsPerPeriod, price, stripePriceId: null } as const;
    const { id: planId } = await this.s.get(PlansService).make(plan, admin, this.s.unnamed(admin));
    const wish = { studentId, planId, startsAt, stripeId: null };
    await this.s.get(SubscriptionsService).subscribe(wish, admin, this.s.unnamed(admin));
    return this.allowance(studentId);
  }

  /** What a student's subscription pays for just now. */
  async allowance(student: PersonId): Promise<Answer> {
    const [shown] = await this.s.get(SubscriptionsService).list(student, { after: null, limit: 1 });
    const current = shown?.allowance;
    return current ? { allowance: current.allowance, used: current.used, until: current.endsAt.toISOString() } : {};
  }

  async renew(): Promise<Answer> {
    await this.s.get(RenewalService).renewDue();
    return {};
  }

  grant = (to: PersonId, cents: number, currency: string): Promise<Answer> =>
    answered(async () => ({ ...(await this.s.grant(to, cents, currency)) }));

  balance = async (of: PersonId): Promise<Answer> => ({ cents: await this.s.balance(of) });

  /** Takes over a publication; answers which slots the tutor has, by their start. */
  async publish(tutor: PersonId, openings: OpeningsPublished['openings'], terms: Partial<Terms>) {
    const published = this.s.publication(tutor, { starts: [], terms });
    const horizon = new Date(this.s.clock.now().getTime() + 60 * 86_400_000);
    await this.s.offer(OpeningsPublished.of({ ...published, horizon_at: horizon.toISOString(), openings }));
    const slots: { id: SlotId; start_at: Date }[] = await this.s.source.query(
      'select id, start_at from slots where tutor_id = $1',
      [tutor],
    );
    return new Map(slots.map(({ id, start_at }) => [start_at.getTime(), id]));
  }

  /** What is listed of a tutor, the soonest first. */
  listed = async (tutor: PersonId): Promise<Answer> =>
    (await this.s.listed(tutor, { until: new Date(this.s.clock.now().getTime() + 60 * 86_400_000) })).map((slot) => ({
      slot: this.shown.of(slot.id),
      end: slot.endAt.toISOString(),
      price: slot.priceCents,
      currency: slot.currency,
      seatsLeft: slot.seatsLeft,
    }));

  /** All bookings of a person. */
  async bookings(of: PersonId): Promise<Answer> {
    const all = { role: null, status: null, from: null, until: null, mark: null, limit: 1000 };
    const bookings = await this.s.get(BookingsService).list(of, all);
    return bookings.map((booking) => bookingShown(booking, this.shown));
  }
}

/** A refusal is an answer by its code; anything else that is thrown is a bug. */
async function answered(act: () => Promise<Answer>): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.code };
    throw error;
  }
}
