import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@scheduling/domain';
import { SandboxConfig } from '../config.ts';
import { ZoomDouble } from './zoom-double.ts';

/** The double of Zoom as part of the sandbox: it begins and ends with it. */
@Injectable()
export class ZoomService implements OnModuleInit, OnModuleDestroy {
  private started?: ZoomDouble;

  constructor(
    private readonly config: SandboxConfig,
    private readonly clock: Clock,
  ) {}

  /** The double, once the application has begun. */
  get double(): ZoomDouble {
    if (!this.started) throw new Error('The double of Zoom has not begun.');
    return this.started;
  }

  async onModuleInit(): Promise<void> {
    const { ZOOM_PORT: port, DOUBLES_HOST: host } = this.config;
    this.started = await ZoomDouble.listen({ port, host, clock: this.clock });
  }

  async onModuleDestroy(): Promise<void> {
    await this.started?.close();
  }
}
