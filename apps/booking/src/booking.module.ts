import { Module } from '@nestjs/common';
import { BookingChanges } from './bookings/booking-changes.service.ts';
import { BookingsController } from './bookings/bookings.controller.ts';
import { BookingsService } from './bookings/bookings.service.ts';
import { CancelService } from './bookings/cancel.service.ts';
import { ConfirmService } from './bookings/confirm.service.ts';
import { BookingConfig } from './config.ts';
import { CreditGate } from './credits/credit-gate.service.ts';
import { CreditsController } from './credits/credits.controller.ts';
import { CreditsService } from './credits/credits.service.ts';
import { AlternativesService } from './holds/alternatives.service.ts';
import { HoldsController } from './holds/holds.controller.ts';
import { HoldsCron } from './holds/holds.cron.ts';
import { HoldsService } from './holds/holds.service.ts';
import { LapseService } from './holds/lapse.service.ts';
import { Seating } from './holds/seating.service.ts';
import { PAYMENT_GATES, PaymentGates } from './payments/payment-gates.service.ts';
import { PoliciesController } from './policies/policies.controller.ts';
import { PoliciesService } from './policies/policies.service.ts';
import { SearchController } from './search/search.controller.ts';
import { SearchService } from './search/search.service.ts';
import { CacheDropper } from './slot-cache/cache-dropper.ts';
import { MemoryCache } from './slot-cache/memory-cache.ts';
import { RedisCache } from './slot-cache/redis-cache.ts';
import { SlotCache } from './slot-cache/slot-cache.ts';
import { CleanupCron } from './slots/cleanup.cron.ts';
import { CleanupService } from './slots/cleanup.service.ts';
import { SlotListService } from './slots/slot-list.service.ts';
import { SlotsConsumer } from './slots/slots.consumer.ts';
import { SlotsController } from './slots/slots.controller.ts';
import { SlotsService } from './slots/slots.service.ts';
import { TimeBack } from './slots/time-back.service.ts';

/** Each is told apart by its `method`; the order means nothing. */
const GATES = [CreditGate];

const openCache = ({ REDIS_URL: url }: BookingConfig): SlotCache =>
  url === undefined ? new MemoryCache() : new RedisCache(url);

@Module({
  controllers: [
    BookingsController,
    CreditsController,
    HoldsController,
    PoliciesController,
    SearchController,
    SlotsController,
    SlotsConsumer,
  ],
  providers: [
    ...GATES,
    AlternativesService,
    BookingChanges,
    BookingsService,
    CacheDropper,
    CancelService,
    CleanupCron,
    CleanupService,
    ConfirmService,
    CreditsService,
    HoldsCron,
    HoldsService,
    LapseService,
    PaymentGates,
    PoliciesService,
    SearchService,
    Seating,
    SlotListService,
    SlotsService,
    TimeBack,
    { provide: PAYMENT_GATES, useFactory: (...gates) => gates, inject: GATES },
    { provide: SlotCache, useFactory: openCache, inject: [BookingConfig] },
  ],
})
export class BookingModule {}
