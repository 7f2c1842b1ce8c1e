import { Count } from '@scheduling/contracts';
import { ServiceConfig } from '@scheduling/service-kit';
import { Type } from 'class-transformer';

export class SandboxConfig extends ServiceConfig {
  /** Where mail arrives, on the loopback; 0 takes a free port. */
  @Type(() => Number)
  @Count(0, 65_535)
  readonly SMTP_PORT: number = 0;
}
