import { Module } from '@nestjs/common';
import { BookingsController } from './bookings/bookings.controller.ts';
import { BookingsService } from './bookings/bookings.service.ts';
import { CancelService } from './bookings/cancel.service.ts';
import { ConfirmService } from './bookings/confirm.service.ts';
import { CreditsController } from './credits/credits.controller.ts';
import { CreditsService } from './credits/credits.service.ts';
import { HoldsController } from './holds/holds.controller.ts';
import { HoldsCron } from './holds/holds.cron.ts';
import { HoldsService } from './holds/holds.service.ts';
import { LapseService } from './holds/lapse.service.ts';
import { SlotsConsumer } from './slots/slots.consumer.ts';
import { SlotsController } from './slots/slots.controller.ts';
import { SlotsService } from './slots/slots.service.ts';

@Module({
  controllers: [BookingsController, CreditsController, HoldsController, SlotsController, SlotsConsumer],
  providers: [
    BookingsService,
    CancelService,
    ConfirmService,
    CreditsService,
    HoldsCron,
    HoldsService,
    LapseService,
    SlotsService,
  ],
})
export class BookingModule {}
