import { Controller, Get, Optional } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { SchedulingError } from '@scheduling/domain';
import { Probe } from '@scheduling/persistence';
import { Public } from './auth.guard.ts';
import { Readiness } from './readiness.ts';

export class NotReady extends SchedulingError {
  readonly kind = 'unavailable';
  readonly code = 'not_ready';

  constructor(cause: unknown) {
    super('The database does not answer.', { retry_after_seconds: 2 });
    this.cause = cause;
  }
}

export class Stopping extends SchedulingError {
  readonly kind = 'unavailable';
  readonly code = 'stopping';

  constructor() {
    super('This process is about to end.', { retry_after_seconds: 1 });
  }
}

@Public()
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    @Optional() private readonly probe?: Probe,
  ) {}

  /** Whether the process answers at all. */
  @Get('live')
  live(): object {
    return { status: 'live', tz: process.versions.tz };
  }

  /**
   * Whether requests should be sent here: the database answers, where there is one, and the process is not about to end. Its schema and its
   * place in the event log were there before it listened. That all its connections are at work is no reason to send it nothing: others
   * would have as much to do, and none would be left. Outside providers have no say: without them much still works.
   */
  @Get('ready')
  async ready(): Promise<object> {
    if (this.readiness.isStopping) throw new Stopping();
    try {
      await this.probe?.ask();
    } catch (error) {
      throw new NotReady(error);
    }
    return { status: 'ready' };
  }
}
