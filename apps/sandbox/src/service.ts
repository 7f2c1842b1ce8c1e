import { defineService } from '@scheduling/service-kit';
import { SandboxConfig } from './config.ts';
import { SandboxModule } from './sandbox.module.ts';

/** Stand-ins for outside providers, for development and tests; it keeps everything in memory and is never deployed. */
export const service = defineService({ name: 'sandbox', module: SandboxModule, config: SandboxConfig });
