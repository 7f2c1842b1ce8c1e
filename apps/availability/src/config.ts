import { DatabaseConfig } from '@scheduling/service-kit';

export class AvailabilityConfig extends DatabaseConfig {}
