import { defineService } from '@scheduling/service-kit';
import { BookingModule } from './booking.module.ts';
import { BookingConfig } from './config.ts';
import { housekeeping } from './housekeeping.ts';
import { bookingSchema } from './schema.ts';

export const service = defineService({
  name: 'booking',
  module: BookingModule,
  config: BookingConfig,
  schema: bookingSchema,
  housekeeping,
});
