import { Controller, Get, Optional } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SchedulingError } from '@scheduling/domain';
import { DataSource } from 'typeorm';
import { Public } from './auth.guard.ts';

export class NotReady extends SchedulingError {
  readonly kind = 'unavailable';
  readonly code = 'not_ready';

  constructor(cause: unknown) {
    super('The database does not answer.', { retry_after_seconds: 2 });
    this.cause = cause;
  }
}

@Public()
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(@Optional() private readonly source?: DataSource) {}

  /** Whether the process answers at all. */
  @Get('live')
  live(): object {
    return { status: 'live', tz: process.versions.tz };
  }

  /** Whether requests can be served: the database answers, where there is one. */
  @Get('ready')
  async ready(): Promise<object> {
    try {
      await this.source?.query('select 1');
    } catch (error) {
      throw new NotReady(error);
    }
    return { status: 'ready' };
  }
}
