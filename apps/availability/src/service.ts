import { defineService } from '@scheduling/service-kit';
import { AvailabilityModule } from './availability.module.ts';
import { AvailabilityConfig } from './config.ts';
import { housekeeping } from './housekeeping.ts';
import { availabilitySchema } from './schema.ts';

/** When tutors would teach: their rules, their time off, and the openings that follow. */
export const service = defineService({
  name: 'availability',
  module: AvailabilityModule,
  config: AvailabilityConfig,
  schema: availabilitySchema,
  housekeeping,
});
