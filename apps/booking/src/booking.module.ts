import { Module } from '@nestjs/common';
import { BookingChanges } from './bookings/booking-changes.service.ts';
import { BookingsController } from './bookings/bookings.controller.ts';
import { BookingsService } from './bookings/bookings.service.ts';
import { CancelService } from './bookings/cancel.service.ts';
import { ConfirmService } from './bookings/confirm.service.ts';
import { CalendarsConsumer } from './calendars/calendars.consumer.ts';
import { LinksService } from './calendars/links.service.ts';
import { CompletionCron } from './completion/completion.cron.ts';
import { CompletionService } from './completion/completion.service.ts';
import { NoShowController } from './completion/no-show.controller.ts';
import { NoShowService } from './completion/no-show.service.ts';
import { BookingConfig } from './config.ts';
import { BookingFigures } from './figures/booking-figures.ts';
import { CreditGate } from './credits/credit-gate.service.ts';
import { CreditsController } from './credits/credits.controller.ts';
import { CreditsService } from './credits/credits.service.ts';
import { GroupsController } from './groups/groups.controller.ts';
import { GroupsService } from './groups/groups.service.ts';
import { MinimumsCron } from './groups/minimums.cron.ts';
import { MinimumsService } from './groups/minimums.service.ts';
import { SlotClearing } from './groups/slot-clearing.service.ts';
import { HistoryController } from './history/history.controller.ts';
import { HistoryService } from './history/history.service.ts';
import { AlternativesService } from './holds/alternatives.service.ts';
import { HoldsController } from './holds/holds.controller.ts';
import { HoldsCron } from './holds/holds.cron.ts';
import { HoldsService } from './holds/holds.service.ts';
import { LapseService } from './holds/lapse.service.ts';
import { Seating } from './holds/seating.service.ts';
import { InvitesController } from './invites/invites.controller.ts';
import { InvitesService } from './invites/invites.service.ts';
import { IntentsService } from './payments/intents.service.ts';
import { OperatorTasksController } from './payments/operator-tasks.controller.ts';
import { OperatorTasks } from './payments/operator-tasks.service.ts';
import { OutcomesService } from './payments/outcomes.service.ts';
import { PAYMENT_GATES, PaymentGates } from './payments/payment-gates.service.ts';
import { PaymentsController } from './payments/payments.controller.ts';
import { PaymentsCron } from './payments/payments.cron.ts';
import { RefundingService } from './payments/refunding.service.ts';
import { SavedMethods } from './payments/saved-methods.service.ts';
import { SettlingService } from './payments/settling.service.ts';
import { StripeClient } from './payments/stripe-client.ts';
import { StripeConfirmService } from './payments/stripe-confirm.service.ts';
import { StripeEventWork } from './payments/stripe-event-work.service.ts';
import { StripeEventsService } from './payments/stripe-events.service.ts';
import { StripeGate } from './payments/stripe-gate.service.ts';
import { StripeQueue } from './payments/stripe-queue.ts';
import { StripeWork } from './payments/stripe-work.service.ts';
import { WebhooksController } from './payments/webhooks.controller.ts';
import { PlansController } from './plans/plans.controller.ts';
import { PlansService } from './plans/plans.service.ts';
import { PoliciesController } from './policies/policies.controller.ts';
import { PoliciesService } from './policies/policies.service.ts';
import { ProposalsController } from './proposals/proposals.controller.ts';
import { ProposalsCron } from './proposals/proposals.cron.ts';
import { ProposalsService } from './proposals/proposals.service.ts';
import { ProposingService } from './proposals/proposing.service.ts';
import { ReschedulesController } from './reschedules/reschedules.controller.ts';
import { ReschedulesService } from './reschedules/reschedules.service.ts';
import { SeatChange } from './reschedules/seat-change.service.ts';
import { NAMERS } from './reservations/namer.ts';
import { NamingCron } from './reservations/naming.cron.ts';
import { NamingQueue } from './reservations/naming-queue.ts';
import { NamingService } from './reservations/naming.service.ts';
import { ReservationsService } from './reservations/reservations.service.ts';
import { ReservingService } from './reservations/reserving.service.ts';
import { SearchController } from './search/search.controller.ts';
import { SearchService } from './search/search.service.ts';
import { ChargeService } from './series/charge.service.ts';
import { ChargesCron } from './series/charges.cron.ts';
import { ChargesService } from './series/charges.service.ts';
import { UnofferedCron } from './series/unoffered.cron.ts';
import { UnofferedService } from './series/unoffered.service.ts';
import { DatesNamer } from './series/dates-namer.service.ts';
import { SeriesLessons } from './series/lessons.service.ts';
import { MakingService } from './series/making.service.ts';
import { PlanService } from './series/plan.service.ts';
import { SeriesController } from './series/series.controller.ts';
import { CustomersService } from './privacy/customers.service.ts';
import { ErasuresCron } from './privacy/erasures.cron.ts';
import { ErasureEnds } from './privacy/erasure-ends.service.ts';
import { ErasuresService } from './privacy/erasures.service.ts';
import { PrivacyConsumer } from './privacy/privacy.consumer.ts';
import { PrivacyService } from './privacy/privacy.service.ts';
import { SeriesService } from './series/series.service.ts';
import { CacheDropper } from './slot-cache/cache-dropper.ts';
import { MemoryCache } from './slot-cache/memory-cache.ts';
import { RedisCache } from './slot-cache/redis-cache.ts';
import { SlotCache } from './slot-cache/slot-cache.ts';
import { CleanupCron } from './slots/cleanup.cron.ts';
import { CleanupService } from './slots/cleanup.service.ts';
import { PurgeCron } from './slots/purge.cron.ts';
import { PurgeService } from './slots/purge.service.ts';
import { SlotListService } from './slots/slot-list.service.ts';
import { SlotsConsumer } from './slots/slots.consumer.ts';
import { SlotsController } from './slots/slots.controller.ts';
import { SlotsService } from './slots/slots.service.ts';
import { TimeBack } from './slots/time-back.service.ts';
import { RenewalCron } from './subscriptions/renewal.cron.ts';
import { RenewalService } from './subscriptions/renewal.service.ts';
import { StripeSubscriptions } from './subscriptions/stripe-subscriptions.service.ts';
import { SubscriptionGate } from './subscriptions/subscription-gate.service.ts';
import { SubscriptionsController } from './subscriptions/subscriptions.controller.ts';
import { SubscriptionsService } from './subscriptions/subscriptions.service.ts';
import { FreeSlotsService } from './waitlist/free-slots.service.ts';
import { JoinService } from './waitlist/join.service.ts';
import { OffersService } from './waitlist/offers.service.ts';
import { WaitlistController } from './waitlist/waitlist.controller.ts';
import { WaitlistCron } from './waitlist/waitlist.cron.ts';
import { WaitlistService } from './waitlist/waitlist.service.ts';

/** Each is told apart by its `method`; the order means nothing. */
const GATES = [CreditGate, StripeGate, SubscriptionGate];
/** Each is told apart by its `kind`. */
const SEAT_NAMERS = [DatesNamer, OffersService];

const openCache = ({ REDIS_URL: url }: BookingConfig): SlotCache =>
  url === undefined ? new MemoryCache() : new RedisCache(url);

@Module({
  controllers: [
    PrivacyConsumer,
    BookingsController,
    CalendarsConsumer,
    CreditsController,
    GroupsController,
    HistoryController,
    HoldsController,
    InvitesController,
    NoShowController,
    OperatorTasksController,
    PaymentsController,
    PlansController,
    PoliciesController,
    ProposalsController,
    ReschedulesController,
    SearchController,
    SeriesController,
    SlotsConsumer,
    SlotsController,
    SubscriptionsController,
    WaitlistController,
    WebhooksController,
  ],
  providers: [
    ...GATES,
    ...SEAT_NAMERS,
    AlternativesService,
    BookingFigures,
    BookingChanges,
    BookingsService,
    CacheDropper,
    CancelService,
    ChargeService,
    ChargesCron,
    ChargesService,
    UnofferedCron,
    UnofferedService,
    CleanupCron,
    CleanupService,
    CompletionCron,
    CompletionService,
    ConfirmService,
    CreditsService,
    FreeSlotsService,
    GroupsService,
    HistoryService,
    HoldsCron,
    HoldsService,
    IntentsService,
    InvitesService,
    JoinService,
    LapseService,
    LinksService,
    MakingService,
    MinimumsCron,
    MinimumsService,
    NamingCron,
    NamingQueue,
    NamingService,
    NoShowService,
    OperatorTasks,
    OutcomesService,
    PaymentGates,
    PaymentsCron,
    PlanService,
    PlansService,
    PoliciesService,
    ProposalsCron,
    ProposalsService,
    ProposingService,
    PurgeCron,
    PurgeService,
    RefundingService,
    RenewalCron,
    RenewalService,
    ReschedulesService,
    ReservationsService,
    ReservingService,
    SavedMethods,
    SearchService,
    SeatChange,
    Seating,
    SeriesLessons,
    SeriesService,
    CustomersService,
    ErasuresCron,
    ErasureEnds,
    ErasuresService,
    PrivacyService,
    SettlingService,
    SlotClearing,
    SlotListService,
    SlotsService,
    StripeClient,
    StripeConfirmService,
    StripeEventWork,
    StripeEventsService,
    StripeQueue,
    StripeSubscriptions,
    StripeWork,
    SubscriptionsService,
    TimeBack,
    WaitlistCron,
    WaitlistService,
    { provide: NAMERS, useFactory: (...namers) => namers, inject: SEAT_NAMERS },
    { provide: PAYMENT_GATES, useFactory: (...gates) => gates, inject: GATES },
    { provide: SlotCache, useFactory: openCache, inject: [BookingConfig] },
  ],
})
export class BookingModule {}
